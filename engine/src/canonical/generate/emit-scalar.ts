import type { PrimitiveType } from '../../component/index.js';
import { mismatch, charCode, charFrom, checkS64, checkU64 } from '../values/index.js';
import type { Emitter } from './emitter.js';

type Scalar = Exclude<PrimitiveType, 'string'>;

/** The condition under which a JavaScript value is no value of the type. */
function misfit(kind: Scalar, v: string): string {
  switch (kind) {
    case 'u8':
      return `(${v} & 255) !== ${v}`;
    case 's8':
      return `(${v} << 24 >> 24) !== ${v}`;
    case 'u16':
      return `(${v} & 65535) !== ${v}`;
    case 's16':
      return `(${v} << 16 >> 16) !== ${v}`;
    case 'u32':
      return `(${v} >>> 0) !== ${v}`;
    case 's32':
      return `(${v} | 0) !== ${v}`;
    case 'bool':
      return `typeof ${v} !== 'boolean'`;
    default:
      return `typeof ${v} !== 'number'`;
  }
}

/** Emits the check of a value and gives the core value's expression. */
export function lowerScalar(e: Emitter, kind: Scalar, v: string): string {
  if (kind === 'char') return e.bind(`${e.constant(charCode)}(${v})`);
  if (kind === 's64') return e.bind(`${e.constant(checkS64)}(${v})`);
  if (kind === 'u64') return e.bind(`${e.constant(checkU64)}(${v})`);
  e.line(`if (${misfit(kind, v)}) throw ${e.constant(mismatch)}();`);
  return kind === 'bool' ? `(${v} ? 1 : 0)` : v;
}

/** Returns the expression of the JavaScript value of a core value. */
export function liftScalar(e: Emitter, kind: Scalar, core: string): string {
  switch (kind) {
    case 'bool':
      return `${core} !== 0`;
    case 'u8':
      return `${core} & 255`;
    case 's8':
      return `${core} << 24 >> 24`;
    case 'u16':
      return `${core} & 65535`;
    case 's16':
      return `${core} << 16 >> 16`;
    case 'u32':
      return `${core} >>> 0`;
    case 'u64':
      return `BigInt.asUintN(64, ${core})`;
    case 'char':
      return `${e.constant(charFrom)}(${core})`;
    default:
      return core;
  }
}

const VIEWS: Record<Scalar, [view: string, shift: number]> = {
  bool: ['u8', 0],
  u8: ['u8', 0],
  s8: ['s8', 0],
  u16: ['u16', 1],
  s16: ['s16', 1],
  u32: ['u32', 2],
  s32: ['s32', 2],
  char: ['u32', 2],
  f32: ['f32', 2],
  u64: ['u64', 3],
  s64: ['s64', 3],
  f64: ['f64', 3],
};

/** Returns the place of a scalar in the typed views of memory. */
export function place(kind: Scalar, pointer: string): string {
  const [view, shift] = VIEWS[kind];
  return shift === 0 ? `m.${view}[${pointer}]` : `m.${view}[(${pointer}) >>> ${shift}]`;
}

/** Returns the expression of the JavaScript value of a scalar in memory. */
export function loadScalar(e: Emitter, kind: Scalar, pointer: string): string {
  const value = place(kind, pointer);
  if (kind === 'bool') return `${value} !== 0`;
  return kind === 'char' ? `${e.constant(charFrom)}(${value})` : value;
}
