import type { ComponentValue } from '../../wast/index.js';

const TYPED_ARRAYS = {
  s8: Int8Array,
  u8: Uint8Array,
  s16: Int16Array,
  u16: Uint16Array,
  s32: Int32Array,
  u32: Uint32Array,
  s64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

/** Turns a value of a script into its JavaScript form: the mapping of the engine, as an embedder would write it. */
export function toJsValue(value: ComponentValue): unknown {
  switch (value.kind) {
    case 'list':
      return toJsList(value.items);
    case 'tuple':
      return value.items.map(toJsValue);
    case 'record':
      return Object.fromEntries(value.fields.map((field) => [camelCase(field.name), toJsValue(field.value)]));
    case 'variant':
      return value.payload === undefined
        ? { tag: value.name }
        : { tag: value.name, val: toJsValue(value.payload) };
    case 'enum':
      return value.name;
    case 'option':
      return toJsOption(value.some);
    case 'result':
      return value.payload === undefined
        ? { tag: value.tag }
        : { tag: value.tag, val: toJsValue(value.payload) };
    case 'flags':
      return Object.fromEntries(value.names.map((name) => [camelCase(name), true]));
    case 'f32':
    case 'f64':
      return 'nan' in value ? Number.NaN : floatFromBits(value.kind, value.bits);
    default:
      return value.value;
  }
}

/** An option of an option has a tag: `undefined` could not tell the two `none` apart. */
function toJsOption(some: ComponentValue | undefined): unknown {
  if (some === undefined) return undefined;
  return some.kind === 'option' ? { tag: 'some', val: toJsOption(some.some) } : toJsValue(some);
}

function toJsList(items: ComponentValue[]): unknown {
  const values = items.map(toJsValue);
  const kind = items[0]?.kind;
  if (kind === undefined || !(kind in TYPED_ARRAYS)) return values;
  return new TYPED_ARRAYS[kind as keyof typeof TYPED_ARRAYS](values as never);
}

/** Reads the bits of a float as a number. */
export function floatFromBits(kind: 'f32' | 'f64', bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return kind === 'f32' ? view.getFloat32(4) : view.getFloat64(0);
}

/** `a-URL-b` → `aUrlB`. */
export function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/-(.)/g, (_, char: string) => char.toUpperCase());
}
