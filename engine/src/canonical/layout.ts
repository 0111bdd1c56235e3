import { casesOf, fieldTypesOf, type ValueType } from './types.js';

/** A core value type that a component value is flattened to. */
export type FlatType = 'i32' | 'i64' | 'f32' | 'f64';

/** Most core parameters of a function before they go through memory. */
export const MAX_FLAT_PARAMS = 16;

/** Most core results of a function before they go through memory. */
export const MAX_FLAT_RESULTS = 1;

/** The layout of a value type in memory, and its core types. */
export interface Layout {
  /** Bytes. */
  size: number;
  /** Bytes: 1, 2, 4 or 8. */
  align: number;
  /** The core types it flattens to; `undefined` when there are more than `MAX_FLAT_PARAMS`. */
  flat: FlatType[] | undefined;
  /** Byte offset of each field (record, tuple), or of the payload alone (variant-like). */
  offsets: number[];
  /** Size in bytes of the discriminant (variant-like). */
  discriminant: 1 | 2 | 4;
}

const layouts = new WeakMap<ValueType, Layout>();

/** Returns the layout of a value type (specification: `alignment`, `elem_size`, `flatten_type`). */
export function layoutOf(type: ValueType): Layout {
  let layout = layouts.get(type);
  if (layout === undefined) layouts.set(type, (layout = computeLayout(type)));
  return layout;
}

function scalar(size: number, flat: FlatType): Layout {
  return { size, align: size, flat: [flat], offsets: [], discriminant: 1 };
}

function computeLayout(type: ValueType): Layout {
  switch (type.kind) {
    case 'bool':
    case 's8':
    case 'u8':
      return scalar(1, 'i32');
    case 's16':
    case 'u16':
      return scalar(2, 'i32');
    case 's32':
    case 'u32':
    case 'char':
    case 'own':
    case 'borrow':
      return scalar(4, 'i32');
    case 's64':
    case 'u64':
      return scalar(8, 'i64');
    case 'f32':
      return scalar(4, 'f32');
    case 'f64':
      return scalar(8, 'f64');
    case 'string':
    case 'list':
    case 'map':
      return { size: 8, align: 4, flat: ['i32', 'i32'], offsets: [], discriminant: 1 };
    case 'flags': {
      const size = type.names.length <= 8 ? 1 : type.names.length <= 16 ? 2 : 4;
      return scalar(size, 'i32');
    }
    case 'record':
    case 'tuple':
      return recordLayout(fieldTypesOf(type) as ValueType[]);
    default:
      return variantLayout((casesOf(type) ?? []).map((each) => each.type));
  }
}

/** Lays out a sequence of fields. */
export function recordLayout(fields: readonly ValueType[]): Layout {
  let size = 0;
  let align = 1;
  let flat: FlatType[] | undefined = [];
  const offsets: number[] = [];
  for (const field of fields) {
    const layout = layoutOf(field);
    size = alignTo(size, layout.align);
    offsets.push(size);
    size += layout.size;
    align = Math.max(align, layout.align);
    flat =
      flat && layout.flat && flat.length + layout.flat.length <= MAX_FLAT_PARAMS
        ? [...flat, ...layout.flat]
        : undefined;
  }
  return { size: alignTo(size, align), align, flat, offsets, discriminant: 1 };
}

function variantLayout(payloads: readonly (ValueType | undefined)[]): Layout {
  const discriminant = payloads.length <= 0x100 ? 1 : payloads.length <= 0x1_0000 ? 2 : 4;
  let align: number = discriminant;
  let payloadSize = 0;
  let payloadAlign = 1;
  let flat: FlatType[] | undefined = ['i32'];
  for (const payload of payloads) {
    if (payload === undefined) continue;
    const layout = layoutOf(payload);
    payloadSize = Math.max(payloadSize, layout.size);
    payloadAlign = Math.max(payloadAlign, layout.align);
    if (flat === undefined || layout.flat === undefined || layout.flat.length >= MAX_FLAT_PARAMS) {
      flat = undefined;
      continue;
    }
    for (let index = 0; index < layout.flat.length; index++) {
      const wanted = layout.flat[index] as FlatType;
      const found = flat[index + 1];
      flat[index + 1] = found === undefined ? wanted : joinFlat(found, wanted);
    }
  }
  align = Math.max(align, payloadAlign);
  const offset = alignTo(discriminant, payloadAlign);
  return { size: alignTo(offset + payloadSize, align), align, flat, offsets: [offset], discriminant };
}

/** The core type that can hold either of two (specification: `join`). */
export function joinFlat(a: FlatType, b: FlatType): FlatType {
  if (a === b) return a;
  if ((a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32')) return 'i32';
  return 'i64';
}

/** Rounds `offset` up to a multiple of `align`. */
export function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}
