import type { PrimitiveType } from '../model.js';

/** A core type that values are flattened to. */
export type FlatType = 'i32' | 'i64' | 'f32' | 'f64';

/** Most core parameters of a function before they go through memory. */
export const MAX_FLAT_PARAMS = 16;

/** The same of a lowered function that does not wait. */
export const MAX_FLAT_ASYNC_PARAMS = 4;

/** Most core results of a function before they go through memory. */
export const MAX_FLAT_RESULTS = 1;

/** The layout of a value type in memory, and its core types, by the canonical ABI. */
export interface Layout {
  /** Bytes that an element takes. */
  readonly size: number;
  /** Bytes: 1, 2, 4 or 8. */
  readonly align: number;
  /** The core types it flattens to; `undefined` where there are more than `MAX_FLAT_PARAMS`. */
  readonly flat: readonly FlatType[] | undefined;
  /** Byte offset of each field (record, tuple), or of the payload alone (variant, option, result, enum). */
  readonly offsets: readonly number[];
  /** Size in bytes of the discriminant (variant, option, result, enum). */
  readonly discriminant: 1 | 2 | 4;
  /** True if it holds a borrowed handle somewhere. */
  readonly borrows: boolean;
  /** True if it holds a string or a list somewhere, whose content lies elsewhere in memory. */
  readonly pointers: boolean;
}

const NO_OFFSETS: readonly number[] = [];

/** Layouts of strings and lists, by the addresses of the memory. */
const POINTERS = { 32: pointer(4), 64: pointer(8) } as const;

/** Bits of an address: 32 in every memory so far; 64 is the larger case, for bounds that hold in both. */
export type AddressBits = keyof typeof POINTERS;

const OWN: Layout = scalar(4, 'i32');
const BORROW: Layout = { ...OWN, borrows: true };

const PRIMITIVES: Readonly<Record<Exclude<PrimitiveType, 'string'>, Layout>> = {
  bool: scalar(1, 'i32'),
  s8: scalar(1, 'i32'),
  u8: scalar(1, 'i32'),
  s16: scalar(2, 'i32'),
  u16: scalar(2, 'i32'),
  s32: scalar(4, 'i32'),
  u32: scalar(4, 'i32'),
  s64: scalar(8, 'i64'),
  u64: scalar(8, 'i64'),
  f32: scalar(4, 'f32'),
  f64: scalar(8, 'f64'),
  char: scalar(4, 'i32'),
};

export function primitiveLayout(type: PrimitiveType, bits: AddressBits): Layout {
  return type === 'string' ? POINTERS[bits] : PRIMITIVES[type];
}

export function handleLayout(kind: 'own' | 'borrow'): Layout {
  return kind === 'own' ? OWN : BORROW;
}

export function listLayout(element: Layout, bits: AddressBits): Layout {
  return element.borrows ? { ...POINTERS[bits], borrows: true } : POINTERS[bits];
}

/** The layout of flags; validation allows 32 of them at most. */
export function flagsLayout(count: number): Layout {
  return scalar(count <= 8 ? 1 : count <= 16 ? 2 : 4, 'i32');
}

/** The layout of fields that lie one after the other: of a record, a tuple, or parameters in memory. */
export function recordLayout(fields: readonly Layout[]): Layout {
  let end = 0;
  let align = 1;
  let flat: FlatType[] | undefined = [];
  let borrows = false;
  let pointers = false;
  const offsets: number[] = [];
  for (const field of fields) {
    const offset = alignTo(end, field.align);
    offsets.push(offset);
    end = offset + field.size;
    align = Math.max(align, field.align);
    borrows ||= field.borrows;
    pointers ||= field.pointers;
    if (flat === undefined || field.flat === undefined || flat.length + field.flat.length > MAX_FLAT_PARAMS)
      flat = undefined;
    else flat.push(...field.flat);
  }
  return { size: alignTo(end, align), align, flat, offsets, discriminant: 1, borrows, pointers };
}

/** The layout of a variant, an option or a result; `payloads` has one entry a case. */
export function variantLayout(payloads: readonly (Layout | undefined)[]): Layout {
  const discriminant = discriminantBytes(payloads.length);
  let size = 0;
  let align = 1;
  let flat: FlatType[] | undefined = ['i32'];
  let borrows = false;
  let pointers = false;
  for (const payload of payloads) {
    if (payload === undefined) continue;
    size = Math.max(size, payload.size);
    align = Math.max(align, payload.align);
    borrows ||= payload.borrows;
    pointers ||= payload.pointers;
    flat = flat && joinPayload(flat, payload.flat);
  }
  const offset = alignTo(discriminant, align);
  align = Math.max(discriminant, align);
  const offsets = [offset];
  return { size: alignTo(offset + size, align), align, flat, offsets, discriminant, borrows, pointers };
}

/** The layout of an enum: a variant without payloads. */
export function enumLayout(count: number): Layout {
  const discriminant = discriminantBytes(count);
  return { ...scalar(discriminant, 'i32'), offsets: [discriminant], discriminant };
}

/** Widens the core types behind a discriminant, so that they hold one more payload. */
function joinPayload(flat: FlatType[], payload: Layout['flat']): FlatType[] | undefined {
  if (payload === undefined || payload.length + 1 > MAX_FLAT_PARAMS) return undefined;
  for (let index = 0; index < payload.length; index++) {
    const wanted = payload[index] as FlatType;
    const found = flat[index + 1];
    flat[index + 1] = found === undefined ? wanted : join(found, wanted);
  }
  return flat;
}

/** Returns the core type that can hold either of two. */
function join(a: FlatType, b: FlatType): FlatType {
  if (a === b) return a;
  return (a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32') ? 'i32' : 'i64';
}

function discriminantBytes(cases: number): 1 | 2 | 4 {
  return cases <= 0x100 ? 1 : cases <= 0x1_0000 ? 2 : 4;
}

function scalar(size: number, flat: FlatType): Layout {
  const contents = { borrows: false, pointers: false };
  return { size, align: size, flat: [flat], offsets: NO_OFFSETS, discriminant: 1, ...contents };
}

function pointer(bytes: 4 | 8): Layout {
  return { ...scalar(bytes, 'i32'), size: 2 * bytes, flat: ['i32', 'i32'], pointers: true };
}

function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}
