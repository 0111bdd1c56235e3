import type { PrimitiveType } from '../model.js';

/** The core types that values are flattened to. */
export type FlatType = 'i32' | 'i64' | 'f32' | 'f64';

/** The layout of a value type in the canonical ABI. */
export interface Layout {
  /** Bytes an element takes in a 64-bit memory, which is the larger one. */
  readonly bytes: number;
  readonly align: number;
  /** Core values it is passed as; `undefined` if those are more than may ever be passed directly. */
  readonly flat: readonly FlatType[] | undefined;
  /** True if it holds a borrowed handle somewhere. */
  readonly borrows: boolean;
  /** True if it holds a string or list somewhere, which lie in memory. */
  readonly pointers: boolean;
}

/** The most core values that are passed directly as parameters of a function. */
export const MAX_FLAT_PARAMS = 16;

const POINTER: Layout = { bytes: 16, align: 8, flat: ['i32', 'i32'], borrows: false, pointers: true };

export const HANDLE: Layout = { bytes: 4, align: 4, flat: ['i32'], borrows: false, pointers: false };

const PRIMITIVES: Record<PrimitiveType, Layout> = {
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
  string: POINTER,
};

export function primitiveLayout(type: PrimitiveType): Layout {
  return PRIMITIVES[type];
}

export function listLayout(element: Layout): Layout {
  return element.borrows ? { ...POINTER, borrows: true } : POINTER;
}

/** The layout of flags; validation allows 32 of them at most. */
export function flagsLayout(count: number): Layout {
  return scalar(count <= 8 ? 1 : count <= 16 ? 2 : 4, 'i32');
}

export function recordLayout(fields: readonly Layout[]): Layout {
  let bytes = 0;
  let align = 1;
  let flat: FlatType[] | undefined = [];
  for (const field of fields) {
    bytes = alignTo(bytes, field.align) + field.bytes;
    align = Math.max(align, field.align);
    if (flat === undefined || field.flat === undefined || flat.length + field.flat.length > MAX_FLAT_PARAMS) {
      flat = undefined;
    } else {
      flat.push(...field.flat);
    }
  }
  return { bytes: alignTo(bytes, align), align, flat, ...contents(fields) };
}

/** The layout of a variant, `payloads` holding one entry a case. */
export function variantLayout(payloads: readonly (Layout | undefined)[]): Layout {
  const discriminant = payloads.length <= 0x100 ? 1 : payloads.length <= 0x10000 ? 2 : 4;
  const present = payloads.filter((payload) => payload !== undefined);
  let payloadBytes = 0;
  let payloadAlign = 1;
  for (const payload of present) {
    payloadBytes = Math.max(payloadBytes, payload.bytes);
    payloadAlign = Math.max(payloadAlign, payload.align);
  }
  const align = Math.max(discriminant, payloadAlign);
  const bytes = alignTo(alignTo(discriminant, payloadAlign) + payloadBytes, align);
  return { bytes, align, flat: variantFlat(present), ...contents(present) };
}

function variantFlat(payloads: readonly Layout[]): FlatType[] | undefined {
  const flat: FlatType[] = ['i32'];
  for (const payload of payloads) {
    if (payload.flat === undefined || payload.flat.length + 1 > MAX_FLAT_PARAMS) return undefined;
    for (const [index, type] of payload.flat.entries()) {
      const other = flat[index + 1];
      flat[index + 1] = other === undefined ? type : join(other, type);
    }
  }
  return flat;
}

function join(a: FlatType, b: FlatType): FlatType {
  if (a === b) return a;
  return (a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32') ? 'i32' : 'i64';
}

function contents(parts: readonly Layout[]): { borrows: boolean; pointers: boolean } {
  return { borrows: parts.some((part) => part.borrows), pointers: parts.some((part) => part.pointers) };
}

function scalar(bytes: number, type: FlatType): Layout {
  return { bytes, align: bytes, flat: [type], borrows: false, pointers: false };
}

function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}
