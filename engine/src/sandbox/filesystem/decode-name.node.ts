import { GuestError } from '@wasm-plugin/abi';
import { readlinkSync } from 'node:fs';
import { attempt } from './error-code.node.js';

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Returns a name of the system's as text; `undefined` if it is not UTF-8, and so nothing that a guest could be told. */
export function decodeName(name: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(name);
  } catch {
    return undefined;
  }
}

/**
 * Returns the target of a link.
 * @throws {GuestError} the error code `illegal-byte-sequence` if it is not UTF-8
 */
export function readTarget(link: string): string {
  const target = decodeName(attempt(() => readlinkSync(link, 'buffer')));
  if (target === undefined) throw new GuestError('illegal-byte-sequence');
  return target;
}
