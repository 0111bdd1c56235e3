/** Reinterprets floats as integers of the same bits and back. */
const bytes = new ArrayBuffer(8);
const f32 = new Float32Array(bytes);
const s32 = new Int32Array(bytes);
const f64 = new Float64Array(bytes);
const s64 = new BigInt64Array(bytes);

export function f32ToBits(value: number): number {
  f32[0] = value;
  return s32[0] as number;
}

export function bitsToF32(bits: number): number {
  s32[0] = bits;
  return f32[0] as number;
}

export function f64ToBits(value: number): bigint {
  f64[0] = value;
  return s64[0] as bigint;
}

export function bitsToF64(bits: bigint): number {
  s64[0] = bits;
  return f64[0] as number;
}
