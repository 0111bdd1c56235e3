import { f32ToBits, f64ToBits, bitsToF32, bitsToF64 } from '../values/index.js';
import type { FlatType } from '../../component/index.js';
import type { Emitter } from './emitter.js';

/** Returns a variable that points `offset` bytes behind `pointer`. */
export function emitOffset(e: Emitter, pointer: string, offset: number): string {
  return offset === 0 ? pointer : e.bind(`${pointer} + ${offset}`);
}

/** Returns the expression that puts a core value into the wider type that the cases of a variant share. */
export function emitWiden(e: Emitter, value: string, have: FlatType, want: FlatType): string {
  if (have === want) return value;
  if (have === 'f64') return `${e.constant(f64ToBits)}(${value})`;
  const bits = have === 'f32' ? `${e.constant(f32ToBits)}(${value})` : value;
  return want === 'i64' ? `BigInt(${bits} >>> 0)` : bits;
}

/** Returns the expression that takes a core value out of the wider type that the cases of a variant share. */
export function emitNarrow(e: Emitter, value: string, have: FlatType, want: FlatType): string {
  if (have === want) return value;
  if (want === 'f64') return `${e.constant(bitsToF64)}(${value})`;
  const bits = have === 'i64' ? `Number(BigInt.asIntN(32, ${value}))` : value;
  return want === 'f32' ? `${e.constant(bitsToF32)}(${bits})` : bits;
}
