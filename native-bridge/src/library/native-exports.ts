import { ABI_VERSION, GuestError } from '@wasm-plugin/abi';
import { camelCase } from '../value/index.js';
import { CALLS, type CallEntry } from './call-table.js';

/** Calls one function and returns its result as the value codec has it. */
export type CallEntryPoint = (entry: CallEntry, args: readonly unknown[]) => unknown;

/**
 * Makes the exports of a native plugin: those that a WebAssembly plugin of the same world has, under their full and short
 * names.
 * @param audio whether it has `processor`
 */
export function nativeExports(
  call: CallEntryPoint,
  { audio, plugin }: { audio: boolean; plugin: string },
): Record<string, unknown> {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const entry of CALLS) {
    if (entry.interface === 'processor' && !audio) continue;
    (groups[entry.interface] ??= {})[camelCase(entry.name)] = functionOf(call, entry, plugin);
  }
  const exports: Record<string, unknown> = {};
  for (const [name, functions] of Object.entries(groups)) {
    Object.freeze(functions);
    exports[name] = functions;
    exports[`wasm-plugin:abi/${name}@${ABI_VERSION}`] = functions;
  }
  return Object.freeze(exports);
}

function functionOf(call: CallEntryPoint, entry: CallEntry, plugin: string): (...args: unknown[]) => unknown {
  const { result } = entry.type;
  const fails = typeof result === 'object' && 'result' in result;
  return (...args) => {
    const value = call(entry, args);
    if (!fails) return value;
    const outcome = value as { tag: 'ok' | 'err'; val?: unknown };
    if (outcome.tag === 'err') throw new GuestError(outcome.val, { plugin });
    return outcome.val;
  };
}
