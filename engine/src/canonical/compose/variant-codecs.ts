import { bitsToF32, bitsToF64, f32ToBits, f64ToBits, mismatch } from '../values/index.js';
import type { CanonicalContext } from '../context.js';
import { layoutOf, type FlatType } from '../../component/index.js';
import { badValue } from '../traps.js';
import { casesOf, type ValueType } from '../types.js';
import { FlatReader, type Codec, type FlatValue } from './codec.js';

/** The shape of a variant-like value in JavaScript. */
interface Shape {
  /** The index of the case that a value is of. */
  indexOf(value: unknown): number;
  /** The payload of a value of that case. */
  payloadOf(value: unknown): unknown;
  /** Builds the value of a case. */
  make(index: number, payload: unknown): unknown;
}

function taggedShape(names: readonly string[], hasPayload: readonly boolean[]): Shape {
  const indices = new Map(names.map((name, index) => [name, index]));
  return {
    indexOf(value) {
      const index =
        typeof value === 'object' && value !== null ? indices.get((value as { tag: string }).tag) : undefined;
      if (index === undefined) throw mismatch();
      return index;
    },
    payloadOf: (value) => (value as { val: unknown }).val,
    make: (index, payload) =>
      hasPayload[index] === true ? { tag: names[index], val: payload } : { tag: names[index] },
  };
}

function shapeOf(type: ValueType): Shape {
  if (type.kind === 'enum') {
    const indices = new Map(type.names.map((name, index) => [name, index]));
    return {
      indexOf(value) {
        const index = indices.get(value as string);
        if (index === undefined) throw mismatch();
        return index;
      },
      payloadOf: () => undefined,
      make: (index) => type.names[index],
    };
  }
  if (type.kind === 'option' && type.some.kind !== 'option') {
    return {
      indexOf: (value) => (value === undefined || value === null ? 0 : 1),
      payloadOf: (value) => value,
      make: (index, payload) => (index === 0 ? undefined : payload),
    };
  }
  const cases = casesOf(type) ?? [];
  const tagged = taggedShape(
    cases.map((each) => each.name),
    cases.map((each) => each.type !== undefined || type.kind === 'result'),
  );
  if (type.kind !== 'option') return tagged;
  return {
    ...tagged,
    indexOf: (value) => (value === undefined || value === null ? 0 : tagged.indexOf(value)),
  };
}

/** Makes the codec of a variant, enum, option or result. */
export function variantCodec(type: ValueType, codecOf: (type: ValueType) => Codec): Codec {
  const payloadTypes = (casesOf(type) ?? []).map((each) => each.type);
  const codecs = payloadTypes.map((payload) => (payload === undefined ? undefined : codecOf(payload)));
  const flats = payloadTypes.map((payload) => (payload === undefined ? [] : layoutOf(payload).flat));
  const { discriminant, offsets, flat } = layoutOf(type);
  const payloadOffset = offsets[0] as number;
  const shape = shapeOf(type);
  const checked = (index: number): number => {
    if (index >= codecs.length) throw badValue(`invalid variant discriminant ${index}`);
    return index;
  };
  return {
    lower(cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      const index = shape.indexOf(value);
      const joined = flat as readonly FlatType[];
      const payload: FlatValue[] = [];
      codecs[index]?.lower(cx, shape.payloadOf(value), payload);
      out.push(index);
      for (let at = 1; at < joined.length; at++) {
        const have = flats[index]?.[at - 1];
        const want = joined[at] as FlatType;
        out.push(
          have === undefined
            ? want === 'i64'
              ? 0n
              : 0
            : widenFlat(payload[at - 1] as FlatValue, have, want),
        );
      }
    },
    lift(cx: CanonicalContext, source: FlatReader): unknown {
      const index = checked(source.number() >>> 0);
      const joined = flat as readonly FlatType[];
      const payload: FlatValue[] = [];
      for (let at = 1; at < joined.length; at++) {
        const value = source.next();
        const want = flats[index]?.[at - 1];
        if (want !== undefined) payload.push(narrowFlat(value, joined[at] as FlatType, want));
      }
      return shape.make(index, codecs[index]?.lift(cx, new FlatReader(payload)));
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      const index = shape.indexOf(value);
      const { memory } = cx;
      if (discriminant === 1) memory.u8[pointer] = index;
      else if (discriminant === 2) memory.u16[pointer >>> 1] = index;
      else memory.u32[pointer >>> 2] = index;
      codecs[index]?.store(cx, shape.payloadOf(value), pointer + payloadOffset);
    },
    load(cx: CanonicalContext, pointer: number): unknown {
      const { memory } = cx;
      const index = checked(
        (discriminant === 1
          ? memory.u8[pointer]
          : discriminant === 2
            ? memory.u16[pointer >>> 1]
            : memory.u32[pointer >>> 2]) as number,
      );
      return shape.make(index, codecs[index]?.load(cx, pointer + payloadOffset));
    },
  };
}

/** Puts a core value into the wider core type that the cases of a variant share. */
function widenFlat(value: FlatValue, have: FlatType, want: FlatType): FlatValue {
  if (have === want) return value;
  if (have === 'f64') return f64ToBits(value as number);
  const bits = have === 'f32' ? f32ToBits(value as number) : (value as number);
  return want === 'i64' ? BigInt(bits >>> 0) : bits;
}

/** Takes a core value out of the wider core type that the cases of a variant share. */
function narrowFlat(value: FlatValue, have: FlatType, want: FlatType): FlatValue {
  if (have === want) return value;
  if (want === 'f64') return bitsToF64(value as bigint);
  const bits = have === 'i64' ? Number(BigInt.asIntN(32, value as bigint)) : (value as number);
  return want === 'f32' ? bitsToF32(bits) : bits;
}
