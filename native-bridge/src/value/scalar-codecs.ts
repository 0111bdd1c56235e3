import { misfit, type Codec } from './codec.js';
import type { Scalar } from './value-type.js';
import { malformed } from './byte-reader.js';

/** The codecs of the types without parts. */
export const SCALARS: Readonly<Record<Scalar, Codec>> = {
  bool: {
    encode(writer, value, path) {
      if (typeof value !== 'boolean') throw misfit(path, 'a boolean', value);
      writer.u8(value ? 1 : 0);
    },
    decode(reader) {
      const { offset } = reader;
      const byte = reader.u8();
      if (byte > 1) throw malformed(`${byte} is no boolean`, offset);
      return byte === 1;
    },
  },
  u8: {
    encode: (writer, value, path) => writer.u8(integer(value, path, [0, 0xff])),
    decode: (reader) => reader.u8(),
  },
  s8: {
    encode: (writer, value, path) => writer.u8(integer(value, path, [-0x80, 0x7f]) & 0xff),
    decode: (reader) => (reader.u8() << 24) >> 24,
  },
  u16: unsigned(0xffff),
  s16: signed(16),
  u32: unsigned(0xffff_ffff),
  s32: signed(32),
  u64: {
    encode: (writer, value, path) => writer.unsignedBig(big(value, path, [0n, 2n ** 64n - 1n])),
    decode: (reader) => reader.unsignedBig(64),
  },
  s64: {
    encode: (writer, value, path) => writer.signedBig(big(value, path, [-(2n ** 63n), 2n ** 63n - 1n])),
    decode: (reader) => reader.signedBig(64),
  },
  f32: {
    encode: (writer, value, path) => writer.f32(float(value, path)),
    decode: (reader) => reader.f32(),
  },
  f64: {
    encode: (writer, value, path) => writer.f64(float(value, path)),
    decode: (reader) => reader.f64(),
  },
  char: {
    encode(writer, value, path) {
      const code = typeof value === 'string' ? value.codePointAt(0) : undefined;
      const sound = code !== undefined && (code < 0xd800 || code > 0xdfff);
      if (!sound || (value as string).length !== String.fromCodePoint(code).length)
        throw misfit(path, 'one character', value);
      writer.text(value as string);
    },
    decode: (reader) => reader.char(),
  },
  string: {
    encode(writer, value, path) {
      if (typeof value !== 'string') throw misfit(path, 'a string', value);
      writer.string(value);
    },
    decode: (reader) => reader.string(),
  },
};

function unsigned(most: number): Codec {
  return {
    encode: (writer, value, path) => writer.unsigned(integer(value, path, [0, most])),
    decode: (reader) => reader.unsigned(most),
  };
}

function signed(bits: 16 | 32): Codec {
  const half = 2 ** (bits - 1);
  return {
    encode: (writer, value, path) => writer.signed(integer(value, path, [-half, half - 1])),
    decode: (reader) => reader.signed(bits),
  };
}

type Range<T> = readonly [least: T, most: T];

function integer(value: unknown, path: string, [least, most]: Range<number>): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number;
  throw misfit(path, `a whole number from ${least} to ${most}`, value);
}

function big(value: unknown, path: string, [least, most]: Range<bigint>): bigint {
  if (typeof value === 'bigint' && value >= least && value <= most) return value;
  throw misfit(path, `a bigint from ${least} to ${most}`, value);
}

function float(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  throw misfit(path, 'a number', value);
}
