import { malformed } from './byte-reader.js';
import { misfit, type Codec } from './codec.js';
import { camelCase } from './value-type.js';

/** Returns the codec of a record: an object with camelCase fields. */
export function recordCodec(fields: readonly (readonly [string, Codec])[]): Codec {
  const named = fields.map(([name, codec]) => [camelCase(name), codec] as const);
  return {
    encode(writer, value, path) {
      const record = objectAt(value, path);
      for (const [name, codec] of named) codec.encode(writer, own(record, name), `${path}.${name}`);
    },
    decode(reader) {
      reader.charge(24 + 8 * named.length);
      return Object.fromEntries(named.map(([name, codec]) => [name, codec.decode(reader)]));
    },
  };
}

export function tupleCodec(parts: readonly Codec[]): Codec {
  return {
    encode(writer, value, path) {
      if (!Array.isArray(value) || value.length !== parts.length)
        throw misfit(path, `an array of ${parts.length}`, value);
      for (const [index, codec] of parts.entries()) codec.encode(writer, value[index], `${path}[${index}]`);
    },
    decode(reader) {
      reader.charge(32 + 8 * parts.length);
      return parts.map((codec) => codec.decode(reader));
    },
  };
}

/**
 * Returns the codec of an option: the value or `undefined`.
 * @param nested whether the value can be `undefined` itself; then it is `{ tag: 'some' | 'none', val }`
 */
export function optionCodec(some: Codec, nested: boolean): Codec {
  const cases = variantCodec([['none'], ['some', some]], { isByte: true });
  if (nested) return cases;
  return {
    encode(writer, value, path) {
      writer.u8(value === undefined ? 0 : 1);
      if (value !== undefined) some.encode(writer, value, path);
    },
    decode: (reader) => (cases.decode(reader) as { val?: unknown }).val,
  };
}

/** Returns the codec of a result: `{ tag: 'ok' | 'err', val }`. */
export function resultCodec(ok: Codec | undefined, err: Codec | undefined): Codec {
  return variantCodec(
    [
      ['ok', ok],
      ['err', err],
    ],
    { isByte: true },
  );
}

/**
 * Returns the codec of a variant: `{ tag, val }`.
 * @param isByte whether the case is one byte, as that of an option or a result; else a number of as many as it takes
 */
export function variantCodec(
  cases: readonly (readonly [string, (Codec | undefined)?])[],
  { isByte = false }: { isByte?: boolean } = {},
): Codec {
  const index = new Map(cases.map(([name], at) => [name, at]));
  return {
    encode(writer, value, path) {
      const variant = objectAt(value, path);
      const tag = own(variant, 'tag');
      const at = typeof tag === 'string' ? index.get(tag) : undefined;
      if (at === undefined) throw misfit(`${path}.tag`, oneOf([...index.keys()]), tag);
      writer.unsigned(at);
      cases[at]?.[1]?.encode(writer, own(variant, 'val'), `${path}.val`);
    },
    decode(reader) {
      reader.charge(40);
      const at = caseAt(reader, { count: cases.length, isByte });
      const [tag, payload] = cases[at] as readonly [string, (Codec | undefined)?];
      return payload === undefined ? { tag } : { tag, val: payload.decode(reader) };
    },
  };
}

export function enumCodec(names: readonly string[]): Codec {
  return {
    encode(writer, value, path) {
      const at = names.indexOf(value as string);
      if (at < 0) throw misfit(path, oneOf(names), value);
      writer.unsigned(at);
    },
    decode: (reader) => names[caseAt(reader, { count: names.length, isByte: false })],
  };
}

/** Returns the codec of flags: an object of booleans. Unknown bits are refused. */
export function flagsCodec(names: readonly string[]): Codec {
  const keys = names.map(camelCase);
  const size = Math.ceil(keys.length / 8);
  return {
    encode(writer, value, path) {
      const flags = objectAt(value, path);
      for (let byte = 0; byte < size; byte++) {
        let bits = 0;
        for (let bit = 0; bit < 8 && byte * 8 + bit < keys.length; bit++) {
          const key = keys[byte * 8 + bit] as string;
          const flag = own(flags, key) ?? false;
          if (typeof flag !== 'boolean') throw misfit(`${path}.${key}`, 'a boolean', flag);
          if (flag) bits |= 1 << bit;
        }
        writer.u8(bits);
      }
    },
    decode(reader) {
      const { offset } = reader;
      reader.charge(24 + 8 * keys.length);
      const bytes = reader.bytes(size);
      const spare = size * 8 - keys.length;
      if (size > 0 && (bytes[size - 1] as number) >> (8 - spare) !== 0)
        throw malformed('a flag is set that the type does not have', offset);
      return Object.fromEntries(
        keys.map((key, at) => [key, (((bytes[at >> 3] as number) >> (at & 7)) & 1) === 1]),
      );
    },
  };
}

function caseAt(
  reader: Parameters<Codec['decode']>[0],
  { count, isByte }: { count: number; isByte: boolean },
): number {
  const { offset } = reader;
  const at = isByte ? reader.u8() : reader.unsigned(0xffff_ffff);
  if (at >= count) throw malformed(`there is no case ${at}, but 0 to ${count - 1}`, offset);
  return at;
}

function objectAt(value: unknown, path: string): object {
  if (typeof value === 'object' && value !== null) return value;
  throw misfit(path, 'an object', value);
}

/** Returns a member of a value's own: WIT names may be names of `Object.prototype`. Classes keep theirs as getters. */
function own(value: object, name: string): unknown {
  if (name in Object.prototype && !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function oneOf(names: readonly string[]): string {
  return `one of ${names.map((name) => JSON.stringify(name)).join(', ')}`;
}
