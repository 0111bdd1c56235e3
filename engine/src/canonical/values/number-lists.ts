import type { CanonicalContext } from '../context.js';
import { mismatch } from './mismatch.js';
import { MAX_BYTE_LENGTH } from './load-string.js';
import { abiTrap, badValue } from '../traps.js';

/** The number types whose lists are typed arrays in JavaScript. */
export const NUMBER_KINDS = ['u8', 's8', 'u16', 's16', 'u32', 's32', 'u64', 's64', 'f32', 'f64'] as const;

export type NumberKind = (typeof NUMBER_KINDS)[number];

type NumberArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigUint64Array
  | BigInt64Array;

interface NumberArrayConstructor {
  new (length: number): NumberArray;
  new (buffer: ArrayBuffer, offset: number, length: number): NumberArray;
  BYTES_PER_ELEMENT: number;
}

/** The typed array of each number type. */
export const NUMBER_ARRAYS: Record<NumberKind, NumberArrayConstructor> = {
  u8: Uint8Array,
  s8: Int8Array,
  u16: Uint16Array,
  s16: Int16Array,
  u32: Uint32Array,
  s32: Int32Array,
  u64: BigUint64Array,
  s64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
} as Record<NumberKind, NumberArrayConstructor>;

export function isNumberKind(kind: string): kind is NumberKind {
  return kind in NUMBER_ARRAYS;
}

/** Copies a list of numbers out of memory. */
export function loadNumbers(
  cx: CanonicalContext,
  kind: NumberKind,
  pointer: number,
  length: number,
): NumberArray {
  const { memory } = cx;
  if (memory.u8.length === 0) memory.renew();
  const view = memory[kind];
  const width = view.BYTES_PER_ELEMENT;
  const size = length * width;
  checkPlace(cx, pointer, { size, align: width });
  cx.instance.root.charge(size);
  const start = pointer / width;
  return view.slice(start, start + length);
}

/** Checks a list's place in memory. */
export function checkPlace(
  cx: CanonicalContext,
  pointer: number,
  { size, align }: { size: number; align: number },
): void {
  if ((pointer & (align - 1)) !== 0) throw badValue('unaligned pointer');
  if (pointer + size > cx.memory.u8.length) throw badValue('list pointer/length out of bounds of memory');
  if (size > MAX_BYTE_LENGTH) throw badValue('list too long');
}

/** Makes room for a list of `length` elements. */
export function allocateList(cx: CanonicalContext, length: number, width: number, align: number): number {
  if (length >>> 0 !== length) throw mismatch();
  const size = length * width;
  if (size > MAX_BYTE_LENGTH) throw abiTrap('list too long');
  cx.instance.root.charge(size);
  return cx.allocate(0, 0, align, size);
}

const lengthGetter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length')
  ?.get as () => number;

/** The length that `set` goes by: an array may have a `length` of its own. */
function lengthOf(array: NumberArray): number {
  return lengthGetter.call(array);
}

/** Copies a list of numbers into memory: its own kind of typed array in one move, any other array one by one. */
export function storeNumbers(cx: CanonicalContext, kind: NumberKind, value: unknown): number {
  const array = NUMBER_ARRAYS[kind];
  let source = value;
  if (kind === 'u8' && source instanceof ArrayBuffer) source = new Uint8Array(source);
  if (source instanceof array) {
    const length = lengthOf(source);
    const pointer = allocateList(cx, length, array.BYTES_PER_ELEMENT, array.BYTES_PER_ELEMENT);
    if (lengthOf(source) !== length) throw mismatch();
    (cx.memory[kind] as Float32Array).set(source as Float32Array, pointer / array.BYTES_PER_ELEMENT);
    cx.length = length;
    return pointer;
  }
  const checked = numbersFrom(kind, source);
  return storeNumbers(cx, kind, checked);
}

/**
 * Returns numbers of the host as the typed array of their kind: the same array if it is that already.
 * @throws {TypeError} they do not fit
 */
export function numbersOf(kind: NumberKind, value: unknown): NumberArray {
  const source = kind === 'u8' && value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  return source instanceof NUMBER_ARRAYS[kind] ? source : numbersFrom(kind, source);
}

function numbersFrom(kind: NumberKind, value: unknown): NumberArray {
  if (
    typeof value !== 'object' ||
    value === null ||
    (ArrayBuffer.isView(value) === false && !Array.isArray(value))
  ) {
    throw mismatch();
  }
  const source = value as ArrayLike<unknown>;
  const { length } = source;
  const array = NUMBER_ARRAYS[kind];
  // An array of the host may claim any length.
  if (length >>> 0 !== length || length * array.BYTES_PER_ELEMENT > MAX_BYTE_LENGTH) throw mismatch();
  const result = new array(length) as Float64Array;
  const wide = kind === 'u64' || kind === 's64';
  const float = kind === 'f32' || kind === 'f64';
  for (let index = 0; index < length; index++) {
    const item = source[index];
    if (typeof item !== (wide ? 'bigint' : 'number')) throw mismatch();
    result[index] = item as number;
    if (!float && result[index] !== item) throw mismatch();
  }
  return result;
}
