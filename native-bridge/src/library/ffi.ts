/** An address in this process. User addresses of 64-bit systems fit into a JavaScript number. */
export type Address = number;

/** The shape of a native function: its result, and the number of its arguments, all pointers or integers as wide. */
export interface Signature {
  readonly result: 'void' | 'bool' | 'i32' | 'u32' | 'pointer';
  readonly pointers: 0 | 1 | 2 | 3 | 4;
  /** In place of pointers, if there are others. */
  readonly params?: readonly ('pointer' | 'u32' | 'f64')[];
}

/** A shared library that is open. */
export interface OpenLibrary {
  /** @throws {Error} there is no such symbol */
  symbol(name: string): Address;
  /** Unmaps it, unless it is in use elsewhere. */
  close(): void;
}

/** Memory outside of JavaScript. */
export interface Block {
  readonly address: Address;
  readonly bytes: ArrayBuffer;
  free(): void;
}

/** A native function pointer that calls JavaScript. Only from the thread that made it, during a call of that thread. */
export interface Callback {
  readonly address: Address;
  release(): void;
}

/**
 * The foreign-function interface that the carrier needs: open, bind, and reach memory. koffi serves it (`koffi-ffi`); another
 * can take its place.
 */
export interface Ffi {
  /** Opens a library without its symbols becoming global. @throws {Error} the system's words */
  open(path: string): OpenLibrary;
  /** Returns the native function at an address. Arguments are numbers. Realtime: yes. */
  bind(address: Address, signature: Signature): (...pointers: Address[]) => number;
  callback(run: (...args: number[]) => number | void, signature: CallbackSignature): Callback;
  allocate(bytes: number): Block;
  /** Returns memory of the process. Reading unmapped memory ends the process. */
  view(address: Address, bytes: number): ArrayBuffer;
  /** Returns the UTF-8 text at an address that ends with a zero byte. */
  text(address: Address): string;
}

/** The parameters of a callback: `p` a pointer, `u` an unsigned 32-bit integer. */
export interface CallbackSignature {
  readonly result: 'void' | 'pointer';
  readonly params: readonly ('pointer' | 'u32')[];
}
