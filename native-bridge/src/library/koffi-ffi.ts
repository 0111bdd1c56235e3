import { koffi, type LibraryHandle, type TypeObject } from './koffi.js';
import type { CallbackSignature, Ffi, Signature } from './ffi.js';

const TYPES = {
  void: 'void',
  bool: 'bool',
  f64: 'double',
  i32: 'int32',
  u32: 'uint32',
  pointer: 'uintptr',
} as const;

/** Prototypes by their text: koffi keeps each that is made for the life of the process. */
const prototypes = new Map<string, TypeObject>();

function prototype(result: keyof typeof TYPES, params: readonly (keyof typeof TYPES)[]): TypeObject {
  const key = `${result} ${params.join(' ')}`;
  let made = prototypes.get(key);
  if (made === undefined) {
    made = koffi().proto(
      TYPES[result],
      params.map((param) => TYPES[param]),
    );
    prototypes.set(key, made);
  }
  return made;
}

/** Open libraries: koffi unmaps one that is collected, even if pointers into it remain. */
const loaded = new Set<LibraryHandle>();

/** The foreign-function interface of koffi: prebuilt for 20 platforms, Node.js 16 and newer. */
export const koffiFfi: Ffi = {
  open(path) {
    const library = koffi().load(path);
    loaded.add(library);
    return {
      symbol: (name) => Number(library.symbol(name)),
      close: () => {
        loaded.delete(library);
        library.unload();
      },
    };
  },
  bind(address, { result, pointers, params }: Signature) {
    const type = prototype(result, params ?? Array.from({ length: pointers }, () => 'pointer' as const));
    return koffi().decode(BigInt(address), type) as (...args: number[]) => number;
  },
  callback(run, { result, params }: CallbackSignature) {
    const pointer = koffi().register(run, koffi().pointer(prototype(result, params)));
    return { address: Number(pointer), release: () => koffi().unregister(pointer) };
  },
  allocate(bytes) {
    const block = koffi().alloc('uint8', bytes) as unknown;
    const view = koffi().view(block, bytes);
    new Uint8Array(view).fill(0);
    return { address: Number(koffi().address(block)), bytes: view, free: () => koffi().free(block) };
  },
  view: (address, bytes) => koffi().view(BigInt(address), bytes),
  text: (address) => koffi().decode.string(BigInt(address)),
};
