import type { CoreFunction } from './core-function.js';

/** The context slot of a guest's thread: `context.get` reads it, `context.set` writes it (slot 0 of the specification). */
export interface ContextSlot {
  /** `() -> i32`, a function of wasm. */
  readonly get: CoreFunction;
  /** `(i32)`, a function of wasm. */
  readonly set: CoreFunction;
  /** A call begins, on a thread of its own: the slot is zero. */
  clear(): void;
  /** Returns `realloc` as it runs on a thread of its own, in the middle of a call of whose slot it sees nothing. */
  freshRealloc<Realloc>(realloc: Realloc): Realloc;
  /** The same of a destructor. */
  freshDestructor(destructor: (rep: number) => void): (rep: number) => void;
}

// (module
//   (global (import "" "slot") (mut i32))
//   (func (export "get") (result i32) (global.get 0))
//   (func (export "set") (param i32) (global.set 0 (local.get 0)))
//   (func (export "clear") (global.set 0 (i32.const 0))))
const SLOT = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 12, 3, 96, 0, 1, 127, 96, 1, 127, 0, 96, 0, 0, 2, 10, 1, 0, 4, 115, 108,
  111, 116, 3, 127, 1, 3, 4, 3, 0, 1, 2, 7, 21, 3, 3, 103, 101, 116, 0, 0, 3, 115, 101, 116, 0, 1, 5, 99, 108,
  101, 97, 114, 0, 2, 10, 20, 3, 4, 0, 35, 0, 11, 6, 0, 32, 0, 36, 0, 11, 6, 0, 65, 0, 36, 0, 11,
]);

// (module
//   (global (import "" "slot") (mut i32))
//   (func (import "" "f") (param i32 i32 i32 i32) (result i32))
//   (func (export "f") (param i32 i32 i32 i32) (result i32) (local i32)
//     (local.set 4 (global.get 0))
//     (global.set 0 (i32.const 0))
//     (call 0 (local.get 0) (local.get 1) (local.get 2) (local.get 3))
//     (global.set 0 (local.get 4))))
const FRESH_REALLOC = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 9, 1, 96, 4, 127, 127, 127, 127, 1, 127, 2, 15, 2, 0, 4, 115, 108, 111, 116,
  3, 127, 1, 0, 1, 102, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 1, 10, 28, 1, 26, 1, 1, 127, 35, 0, 33, 4, 65,
  0, 36, 0, 32, 0, 32, 1, 32, 2, 32, 3, 16, 0, 32, 4, 36, 0, 11,
]);

// The same with (param i32).
const FRESH_DESTRUCTOR = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 127, 0, 2, 15, 2, 0, 4, 115, 108, 111, 116, 3, 127, 1, 0, 1,
  102, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 1, 10, 22, 1, 20, 1, 1, 127, 35, 0, 33, 1, 65, 0, 36, 0, 32, 0,
  16, 0, 32, 1, 36, 0, 11,
]);

const compiled = new Map<Uint8Array<ArrayBuffer>, WebAssembly.Module>();

/**
 * Makes the slot of a component instance. Nested ones have their own.
 * @param slot the global of the core instance that uses it, if only one does. @default one of its own
 */
export function createContextSlot(
  slot: WebAssembly.Global = new WebAssembly.Global({ value: 'i32', mutable: true }, 0),
): ContextSlot {
  const { get, set, clear } = instantiate(SLOT, { slot });
  const fresh = (module: Uint8Array<ArrayBuffer>): (<F>(func: F) => F) => {
    const made = new Map<unknown, unknown>();
    return <F>(func: F): F => {
      let found = made.get(func);
      if (found === undefined) {
        const imports = { slot, f: func } as unknown as WebAssembly.ModuleImports;
        made.set(func, (found = instantiate(module, imports)['f']));
      }
      return found as F;
    };
  };
  return {
    get: get as CoreFunction,
    set: set as CoreFunction,
    clear: clear as () => void,
    freshRealloc: fresh(FRESH_REALLOC),
    freshDestructor: fresh(FRESH_DESTRUCTOR),
  };
}

function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  imports: WebAssembly.ModuleImports,
): WebAssembly.Exports {
  let module = compiled.get(bytes);
  if (module === undefined) compiled.set(bytes, (module = new WebAssembly.Module(bytes)));
  return new WebAssembly.Instance(module, { '': imports }).exports;
}
