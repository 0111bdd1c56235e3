import { describe, expect, it } from 'vitest';
import { bitsToF32, bitsToF64, f32ToBits, f64ToBits } from '../../../engine/src/canonical/values/bits.js';

describe('f32ToBits() and bitsToF32()', () => {
  it.each([
    [0, 0],
    [-0, -0x80000000],
    [1.5, 0x3fc00000],
    [Infinity, 0x7f800000],
  ])('%d is %i', (value, bits) => {
    expect(f32ToBits(value)).toBe(bits);
    expect(bitsToF32(bits)).toBe(value);
  });
});

describe('f64ToBits() and bitsToF64()', () => {
  it.each([
    [0, 0n],
    [-0, -0x8000000000000000n],
    [1.5, 0x3ff8000000000000n],
    [-Infinity, -0x10000000000000n],
  ])('%d is %i', (value, bits) => {
    expect(f64ToBits(value)).toBe(bits);
    expect(bitsToF64(bits)).toBe(value);
  });
});
