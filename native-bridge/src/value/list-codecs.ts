import { malformed } from './byte-reader.js';
import { misfit, type Codec } from './codec.js';
import { SCALARS } from './scalar-codecs.js';
import type { Scalar } from './value-type.js';

const TYPED_ARRAYS = {
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
} as const;

type Numeric = keyof typeof TYPED_ARRAYS;

/** Bytes of an element if the encoding is the memory of a little-endian machine. */
const FIXED_BYTES: Partial<Record<Scalar, number>> = { u8: 1, s8: 1, f32: 4, f64: 8 };

/** Heap of an empty typed array. */
const ARRAY_BYTES = 200;

/** True if the machine's byte order is that of the encoding. */
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** A kind of typed array. */
export type TypedArrayClass = (typeof TYPED_ARRAYS)[Numeric];

/** Returns the class of a list in JavaScript if that is a typed array. */
export function typedArrayFor(element: unknown): TypedArrayClass | undefined {
  if (typeof element !== 'string' || !Object.hasOwn(TYPED_ARRAYS, element)) return undefined;
  return TYPED_ARRAYS[element as Numeric];
}

/** Returns the codec of a list of numbers, a typed array in JavaScript; `undefined` for other elements. */
export function numberListCodec(element: unknown): Codec | undefined {
  if (typeof element !== 'string' || !Object.hasOwn(TYPED_ARRAYS, element)) return undefined;
  const type = element as Numeric;
  const bytes = FIXED_BYTES[type];
  return bytes === undefined || !LITTLE_ENDIAN ? varyingNumbers(type) : fixedNumbers(type, bytes);
}

function fixedNumbers(type: Numeric, bytes: number): Codec {
  const TypedArray = TYPED_ARRAYS[type];
  const each = SCALARS[type];
  return {
    encode(writer, value, path) {
      if (!(value instanceof TypedArray)) return encodeEach(each, { writer, value, path });
      writer.unsigned(value.length);
      writer.largeBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    },
    decode(reader) {
      const { offset } = reader;
      const count = reader.unsigned(0xffff_ffff);
      if (count * bytes > reader.left)
        throw malformed(`${count} elements do not fit into ${reader.left} bytes`, offset);
      reader.charge(ARRAY_BYTES + count * bytes);
      const found = reader.bytes(count * bytes);
      if (reader.isOwn(found) && found.byteOffset % bytes === 0)
        return new TypedArray(found.buffer as ArrayBuffer, found.byteOffset, count);
      const numbers = new TypedArray(count);
      new Uint8Array(numbers.buffer).set(found);
      return numbers;
    },
  };
}

function varyingNumbers(type: Numeric): Codec {
  const each = SCALARS[type];
  return {
    encode: (writer, value, path) => encodeEach(each, { writer, value, path }),
    decode(reader) {
      const count = reader.count();
      reader.charge(ARRAY_BYTES + count * TYPED_ARRAYS[type].BYTES_PER_ELEMENT);
      const numbers = new TYPED_ARRAYS[type](count);
      for (let index = 0; index < numbers.length; index++) numbers[index] = each.decode(reader) as never;
      return numbers;
    },
  };
}

/** Returns the codec of a list, an array in JavaScript. */
export function listCodec(each: Codec): Codec {
  return {
    encode: (writer, value, path) => encodeEach(each, { writer, value, path }),
    decode(reader) {
      const count = reader.count();
      reader.charge(32 + 12 * count);
      const items: unknown[] = [];
      for (let index = 0; index < count; index++) items.push(each.decode(reader));
      return items;
    },
  };
}

interface Encoding {
  writer: Parameters<Codec['encode']>[0];
  value: unknown;
  path: string;
}

function encodeEach(each: Codec, { writer, value, path }: Encoding): void {
  if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && 'length' in value))
    throw misfit(path, 'an array', value);
  const items = value as ArrayLike<unknown>;
  const { length } = items;
  writer.unsigned(length);
  for (let index = 0; index < length; index++) each.encode(writer, items[index], `${path}[${index}]`);
}
