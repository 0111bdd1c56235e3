import type { Address, Ffi, OpenLibrary } from './ffi.js';
import {
  AUDIO,
  ENTRY_SYMBOL,
  FUNCTIONS,
  NATIVE_ABI,
  OPTIONAL,
  STRUCTS,
  type FunctionName,
} from './native-abi.js';
import { StructView } from './struct.js';

type NativeFunction = (...pointers: Address[]) => number;

/** The functions of a library; those of audio are absent if it processes none. */
export type NativeFunctions = Readonly<Partial<Record<FunctionName, NativeFunction>>>;

/** A library that is open. Several instances can be made of it. */
export class NativeLibrary {
  readonly functions: NativeFunctions;
  readonly #library: OpenLibrary;

  constructor(library: OpenLibrary, functions: NativeFunctions) {
    this.#library = library;
    this.functions = functions;
  }

  /** Unmaps the library. State: no instance of it is left. */
  close(): void {
    this.#library.close();
  }
}

/**
 * Reads the table of functions of a library.
 * @throws {Error} the reason: it has no entry, or is of another ABI
 */
export function readTable(ffi: Ffi, library: OpenLibrary): NativeFunctions {
  let entry: Address;
  try {
    entry = library.symbol(ENTRY_SYMBOL);
  } catch {
    throw new Error(`it does not export "${ENTRY_SYMBOL}"; include wasm_plugin.h and define it`);
  }
  const table = ffi.bind(entry, { result: 'pointer', pointers: 0 })();
  if (table === 0) throw new Error(`"${ENTRY_SYMBOL}" returned NULL`);
  const head = new DataView(ffi.view(table, 8));
  const [abi, size] = [head.getUint32(0, true), head.getUint32(4, true)];
  if (abi !== NATIVE_ABI) throw new Error(`it is made for the native ABI ${abi}; this is ${NATIVE_ABI}`);
  if (size < STRUCTS.api.size) {
    throw new Error(
      `its table has ${size} bytes, the ABI ${abi} has ${STRUCTS.api.size}; build it with the present wasm_plugin.h`,
    );
  }
  const api = new StructView(STRUCTS.api, ffi.view(table, STRUCTS.api.size));
  const names = Object.keys(FUNCTIONS) as FunctionName[];
  const present = names.filter((name) => api.get(name) !== 0);
  const audio = AUDIO.filter((name) => present.includes(name));
  const missing = names.filter(
    (name) => !present.includes(name) && !OPTIONAL.has(name) && (!AUDIO.includes(name) || audio.length > 0),
  );
  if (missing.length > 0) throw new Error(`its table lacks ${missing.map((name) => `"${name}"`).join(', ')}`);
  return Object.fromEntries(present.map((name) => [name, ffi.bind(api.get(name), FUNCTIONS[name])]));
}
