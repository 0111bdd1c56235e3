import type { PrimitiveType } from '../../component/index.js';
import type { CanonicalContext } from '../context.js';
import { mismatch, charCode, charFrom, checkS64, checkU64 } from '../values/index.js';
import type { Codec, FlatReader, FlatValue } from './codec.js';

/** A scalar is one core value; `check` lowers it, `convert` lifts it. */
function scalar<Core extends FlatValue>(
  check: (value: unknown) => Core,
  convert: (core: Core) => unknown,
  store: (cx: CanonicalContext, core: Core, pointer: number) => void,
  load: (cx: CanonicalContext, pointer: number) => unknown,
): Codec {
  return {
    lower(_cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      out.push(check(value));
    },
    lift(_cx: CanonicalContext, source: FlatReader): unknown {
      return convert(source.next() as Core);
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      store(cx, check(value), pointer);
    },
    load,
    direct: {
      lower(_cx: CanonicalContext, value: unknown): Core {
        return check(value);
      },
      lift(_cx: CanonicalContext, core: FlatValue): unknown {
        return convert(core as Core);
      },
    },
  };
}

function integer(least: number, most: number): (value: unknown) => number {
  return (value) => {
    if (typeof value !== 'number' || !(value >= least && value <= most) || Math.trunc(value) !== value)
      throw mismatch();
    return value;
  };
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw mismatch();
  return value;
}

function bit(value: unknown): number {
  if (typeof value !== 'boolean') throw mismatch();
  return value ? 1 : 0;
}

/** The codecs of the primitive types, save for `string`. */
export const SCALAR_CODECS: Record<Exclude<PrimitiveType, 'string'>, Codec> = {
  bool: scalar(
    bit,
    (core) => core !== 0,
    (cx, core, at) => (cx.memory.u8[at] = core),
    (cx, at) => cx.memory.u8[at] !== 0,
  ),
  u8: scalar(
    integer(0, 0xff),
    (core) => core & 0xff,
    (cx, core, at) => (cx.memory.u8[at] = core),
    (cx, at) => cx.memory.u8[at],
  ),
  s8: scalar(
    integer(-0x80, 0x7f),
    (core) => (core << 24) >> 24,
    (cx, core, at) => (cx.memory.s8[at] = core),
    (cx, at) => cx.memory.s8[at],
  ),
  u16: scalar(
    integer(0, 0xffff),
    (core) => core & 0xffff,
    (cx, core, at) => (cx.memory.u16[at >>> 1] = core),
    (cx, at) => cx.memory.u16[at >>> 1],
  ),
  s16: scalar(
    integer(-0x8000, 0x7fff),
    (core) => (core << 16) >> 16,
    (cx, core, at) => (cx.memory.s16[at >>> 1] = core),
    (cx, at) => cx.memory.s16[at >>> 1],
  ),
  u32: scalar(
    integer(0, 0xffff_ffff),
    (core) => core >>> 0,
    (cx, core, at) => (cx.memory.u32[at >>> 2] = core),
    (cx, at) => cx.memory.u32[at >>> 2],
  ),
  s32: scalar(
    integer(-0x8000_0000, 0x7fff_ffff),
    (core) => core | 0,
    (cx, core, at) => (cx.memory.s32[at >>> 2] = core),
    (cx, at) => cx.memory.s32[at >>> 2],
  ),
  u64: scalar(
    checkU64,
    (core) => BigInt.asUintN(64, core),
    (cx, core, at) => (cx.memory.u64[at >>> 3] = core),
    (cx, at) => cx.memory.u64[at >>> 3],
  ),
  s64: scalar(
    checkS64,
    (core) => BigInt.asIntN(64, core),
    (cx, core, at) => (cx.memory.s64[at >>> 3] = core),
    (cx, at) => cx.memory.s64[at >>> 3],
  ),
  f32: scalar(
    number,
    (core) => core,
    (cx, core, at) => (cx.memory.f32[at >>> 2] = core),
    (cx, at) => cx.memory.f32[at >>> 2],
  ),
  f64: scalar(
    number,
    (core) => core,
    (cx, core, at) => (cx.memory.f64[at >>> 3] = core),
    (cx, at) => cx.memory.f64[at >>> 3],
  ),
  char: scalar(
    charCode,
    charFrom,
    (cx, core, at) => (cx.memory.u32[at >>> 2] = core),
    (cx, at) => charFrom(cx.memory.u32[at >>> 2] as number),
  ),
};
