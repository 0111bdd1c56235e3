import type { NanKind } from '../../wast/index.js';

const FLOATS = {
  f32: { infinity: 0x7f80_0000n, quiet: 0x40_0000n, magnitude: 0x7fff_ffffn },
  f64: { infinity: 0x7ff0_0000_0000_0000n, quiet: 0x8_0000_0000_0000n, magnitude: 0x7fff_ffff_ffff_ffffn },
};

/** Returns true if the bits of a float are a NaN. */
export function isNanBits(type: 'f32' | 'f64', bits: bigint): boolean {
  return (bits & FLOATS[type].magnitude) > FLOATS[type].infinity;
}

/**
 * Returns true if bits are a NaN of a kind: canonical with only the first bit of the fraction set, arithmetic with at least
 * that bit.
 */
export function isNanOfKind(type: 'f32' | 'f64', bits: bigint, kind: NanKind): boolean {
  const { infinity, quiet, magnitude } = FLOATS[type];
  const canonical = infinity | quiet;
  return kind === 'canonical' ? (bits & magnitude) === canonical : (bits & canonical) === canonical;
}
