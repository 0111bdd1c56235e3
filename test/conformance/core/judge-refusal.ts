import { PluginError } from '@wasm-plugin/abi';
import type { EncodedText, ModuleSource } from '../../wast/index.js';
import { failed, PASSED, skipped } from '../suite/index.js';
import type { CaseOutcome } from '../suite/index.js';
import type { CoreSession } from './core-variant.js';

/** Messages of cases that a later version of WebAssembly made valid, with that version's feature. */
const SUPERSEDED: [RegExp, string][] = [
  [/^multiple tables$/, 'superseded by WebAssembly 2.0: several tables'],
  [/^multiple memories$/, 'superseded by WebAssembly 3.0: several memories'],
];

/** Judges a module that has to be refused, malformed or invalid. */
export function judgeRefusal(
  encoded: EncodedText,
  source: ModuleSource,
  message: string,
  session: CoreSession,
): CaseOutcome {
  if ('refusal' in encoded) return skipped('text format: the text parser refuses it, so there are no bytes');
  if (refuses(session, encoded.bytes)) return PASSED;
  const superseded = SUPERSEDED.find(([pattern]) => pattern.test(message))?.[1];
  if (superseded !== undefined) return skipped(superseded);
  if (source.form === 'quote') return skipped('text format: only the text is malformed');
  return failed(`accepted, wanted: ${message}`);
}

/** Returns true if a session refuses a module: rewriting must not make one valid. */
function refuses(session: CoreSession, bytes: Uint8Array): boolean {
  try {
    return !WebAssembly.validate(session.prepare(bytes).bytes as Uint8Array<ArrayBuffer>);
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    return true;
  }
}
