import { printable } from '@wasm-plugin/abi';

/** Globals of a core module: the address of a text in UTF-16, 0 while there is none, and its length in units. */
const ADDRESS = 'wasm-plugin:abort-message';
const UNITS = 'wasm-plugin:abort-message-units';

/** A text that is longer is cut: it is for an error's message. */
const MOST_UNITS = 1000;

/** Returns true if a core module has the globals that hold its message before a trap. */
export function hasAbortMessage(exports: WebAssembly.Exports): boolean {
  return Object.hasOwn(exports, ADDRESS);
}

/**
 * Reads a guest's message before it trapped, if its core module has the globals for it. The guest is not trusted: an address
 * outside its memory counts as no text, and control characters are made visible.
 */
export function abortMessageOf(exports: WebAssembly.Exports): string | undefined {
  const address = numberIn(exports[ADDRESS]);
  const units = Math.min(numberIn(exports[UNITS]), MOST_UNITS);
  const { memory } = exports;
  if (address === 0 || units === 0 || !(memory instanceof WebAssembly.Memory)) return undefined;
  const { buffer } = memory;
  if (address + units * 2 > buffer.byteLength) return undefined;
  return printable(new TextDecoder('utf-16le').decode(new Uint8Array(buffer, address, units * 2).slice()));
}

function numberIn(item: unknown): number {
  const value: unknown = item instanceof WebAssembly.Global ? item.value : 0;
  return typeof value === 'number' && Number.isInteger(value) ? value >>> 0 : 0;
}
