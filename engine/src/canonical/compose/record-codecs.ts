import type { CanonicalContext } from '../context.js';
import { hostMember, isInherited, elementsFrom, objectFrom } from '../values/index.js';
import { layoutOf } from '../../component/index.js';
import { camelCase } from '../names.js';
import type { RecordField, ValueType } from '../types.js';
import type { Codec, FlatReader, FlatValue } from './codec.js';

/** Makes the codec of a record: an object with camel-case fields. */
export function recordCodec(
  type: ValueType,
  fields: readonly RecordField[],
  codecOf: (type: ValueType) => Codec,
): Codec {
  const keys = fields.map((field) => camelCase(field.name));
  const codecs = fields.map((field) => codecOf(field.type));
  const { offsets } = layoutOf(type);
  const inherited = keys.map(isInherited);
  const fieldOf = (record: Record<string, unknown>, index: number): unknown => {
    const key = keys[index] as string;
    return inherited[index] === true ? hostMember(record, key) : record[key];
  };
  const template = Object.fromEntries(keys.map((key) => [key, undefined]));
  // Functions in arrays of their own: a property of many codecs is slow to look up.
  const lowers = codecs.map((codec) => codec.lower);
  const lifts = codecs.map((codec) => codec.lift);
  const stores = codecs.map((codec) => codec.store);
  const loads = codecs.map((codec) => codec.load);
  return {
    lower(cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      const record = objectFrom(value);
      for (let index = 0; index < keys.length; index++) {
        (lowers[index] as Codec['lower'])(cx, fieldOf(record, index), out);
      }
    },
    lift(cx: CanonicalContext, source: FlatReader): unknown {
      const record: Record<string, unknown> = { ...template };
      for (let index = 0; index < keys.length; index++) {
        record[keys[index] as string] = (lifts[index] as Codec['lift'])(cx, source);
      }
      return record;
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      const record = objectFrom(value);
      for (let index = 0; index < keys.length; index++) {
        (stores[index] as Codec['store'])(cx, fieldOf(record, index), pointer + (offsets[index] as number));
      }
    },
    load(cx: CanonicalContext, pointer: number): unknown {
      const record: Record<string, unknown> = { ...template };
      for (let index = 0; index < keys.length; index++) {
        record[keys[index] as string] = (loads[index] as Codec['load'])(
          cx,
          pointer + (offsets[index] as number),
        );
      }
      return record;
    },
  };
}

/** Makes the codec of a tuple: an array. Parameters that go through memory are a tuple too. */
export function tupleCodec(
  type: ValueType,
  elements: readonly ValueType[],
  codecOf: (type: ValueType) => Codec,
): Codec {
  const codecs = elements.map((element) => codecOf(element));
  const { offsets } = layoutOf(type);
  return {
    lower(cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      const items = elementsFrom(value, codecs.length);
      for (let index = 0; index < codecs.length; index++)
        (codecs[index] as Codec).lower(cx, items[index], out);
    },
    lift(cx: CanonicalContext, source: FlatReader): unknown {
      return codecs.map((codec) => codec.lift(cx, source));
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      const items = elementsFrom(value, codecs.length);
      for (let index = 0; index < codecs.length; index++) {
        (codecs[index] as Codec).store(cx, items[index], pointer + (offsets[index] as number));
      }
    },
    load(cx: CanonicalContext, pointer: number): unknown {
      return codecs.map((codec, index) => codec.load(cx, pointer + (offsets[index] as number)));
    },
  };
}
