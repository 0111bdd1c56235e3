import type { Scalar } from '../value/index.js';
import { unfit, type Shape } from './shape.js';

/** A 64-bit integer as protobufjs has it. */
interface Long {
  low: number;
  high: number;
}

/** Returns the shape of a type without parts. An absent field is 0, false or empty, as in protobuf. */
export function scalarShape(type: Scalar): Shape {
  return SHAPES[type];
}

function shape<Value>(
  type: string,
  { zero, check }: { zero: Value; check: (value: unknown, path: string) => Value },
): Shape {
  return { label: '', type, to: check, from: (field, path) => check(field ?? zero, path) };
}

function integer(type: string, [least, most]: readonly [number, number]): Shape {
  return shape(type, {
    zero: 0,
    check(value, path) {
      if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)
        return value as number;
      throw unfit(path, `a whole number from ${least} to ${most}`);
    },
  });
}

function long(type: string, [least, most]: readonly [bigint, bigint]): Shape {
  return {
    label: '',
    type,
    to(value, path) {
      if (typeof value !== 'bigint' || value < least || value > most)
        throw unfit(path, `a bigint from ${least} to ${most}`);
      const [low, high] = [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
      return { low, high, unsigned: least === 0n };
    },
    from(field) {
      const { low, high } = (field ?? { low: 0, high: 0 }) as Long;
      const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
      return least === 0n ? bits : BigInt.asIntN(64, bits);
    },
  };
}

function float(type: string): Shape {
  return shape(type, {
    zero: 0,
    check(value, path) {
      if (typeof value === 'number') return value;
      throw unfit(path, 'a number');
    },
  });
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  throw unfit(path, 'a string');
}

const SHAPES: Readonly<Record<Scalar, Shape>> = {
  bool: shape('bool', {
    zero: false,
    check(value, path) {
      if (typeof value === 'boolean') return value;
      throw unfit(path, 'a boolean');
    },
  }),
  u8: integer('uint32', [0, 0xff]),
  u16: integer('uint32', [0, 0xffff]),
  u32: integer('uint32', [0, 0xffff_ffff]),
  s8: integer('int32', [-0x80, 0x7f]),
  s16: integer('int32', [-0x8000, 0x7fff]),
  s32: integer('int32', [-0x8000_0000, 0x7fff_ffff]),
  u64: long('uint64', [0n, 2n ** 64n - 1n]),
  s64: long('int64', [-(2n ** 63n), 2n ** 63n - 1n]),
  f32: float('float'),
  f64: float('double'),
  char: {
    label: '',
    type: 'string',
    to: oneCharacter,
    from: (field, path) => oneCharacter(field ?? '', path),
  },
  string: shape('string', { zero: '', check: text }),
};

function oneCharacter(value: unknown, path: string): string {
  const code = text(value, path).codePointAt(0);
  if (code !== undefined && String.fromCodePoint(code) === value && (code < 0xd800 || code > 0xdfff))
    return value;
  throw unfit(path, 'one character');
}
