import type { Random } from './random.js';

const INTEGERS = {
  u8: { bits: 8, signed: false },
  s8: { bits: 8, signed: true },
  u16: { bits: 16, signed: false },
  s16: { bits: 16, signed: true },
  u32: { bits: 32, signed: false },
  s32: { bits: 32, signed: true },
  u64: { bits: 64, signed: false },
  s64: { bits: 64, signed: true },
} as const;

/** The integer types of WIT. */
export type IntegerKind = keyof typeof INTEGERS;

const FLOATS = [
  0,
  -0,
  1,
  -1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MIN_VALUE,
  2 ** -149,
  2 ** -126,
  2 ** -1022,
  3.4028234663852886e38,
  Number.MAX_SAFE_INTEGER,
  0.1,
];

const CHARS = [
  '\0',
  'a',
  '~',
  '\x7f',
  '\x80',
  'é',
  'ÿ',
  'Ā',
  '߿',
  'ࠀ',
  '中',
  '\ud7ff',
  '\ue000',
  '\ufffd',
  '\uffff',
];
const ASTRAL = ['\u{10000}', '😀', '𝄞', '\u{10ffff}'];

/** Every string that means something to one of the encodings, and so does its length. */
const TEXTS = [
  '',
  'a',
  'plain text',
  'x'.repeat(24),
  'y'.repeat(25),
  'z'.repeat(48),
  'w'.repeat(49),
  'naïve café',
  'ÿ'.repeat(30),
  'latin1 then Ā',
  '日本語のテキスト',
  'emoji 😀 in the middle',
  '😀'.repeat(20),
  'zero \0 inside',
  'ascii '.repeat(700),
  `${'ascii '.repeat(100)}é`,
  '日本'.repeat(400),
  'a BOM \ufeff inside',
];

/** Returns an integer of a type: any, or one at an end of its range. */
export function randomInteger(kind: IntegerKind, random: Random): number | bigint {
  const { bits, signed } = INTEGERS[kind];
  const least = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const most = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const any = signed ? BigInt.asIntN(bits, random.bits(64)) : BigInt.asUintN(bits, random.bits(64));
  const value = random.chance(0.5) ? any : random.pick([least, most, 0n, 1n, most - 1n, least + 1n]);
  return bits === 64 ? value : Number(value);
}

/** Returns a float: any, or one that is special. */
export function randomFloat(kind: 'f32' | 'f64', random: Random): number {
  let value = random.pick(FLOATS);
  if (random.chance(0.4)) {
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setBigUint64(0, random.bits(64));
    value = bytes.getFloat64(0);
  }
  return kind === 'f32' ? Math.fround(value) : value;
}

/** Returns a character. */
export function randomChar(random: Random): string {
  return random.pick(random.chance(0.3) ? ASTRAL : CHARS);
}

/** Returns a well-formed string that does not begin with a byte order mark. */
export function randomString(random: Random): string {
  if (random.chance(0.6)) return random.pick(TEXTS);
  return random.many(random.below(12), () => randomChar(random)).join('');
}
