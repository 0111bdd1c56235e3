/** The filters of the "Audio EQ Cookbook" as formulas, by which the EQ plugin is judged. */

export interface Band {
  type: string;
  frequencyHz: number;
  gainDb: number;
  q: number;
}

/** The gain of a filter for a tone, from its transfer function. */
export function cookbook(band: Band, toneHz: number, sampleRateHz: number): number {
  const [b0, b1, b2, a0, a1, a2] = coefficients(band, sampleRateHz);
  const w = (2 * Math.PI * toneHz) / sampleRateHz;
  return onCircle([b0, b1, b2], w) / onCircle([a0, a1, a2], w);
}

/** The gain of a system for a tone, from its response to one sample of 1. */
export function magnitudeAt(response: Float64Array, toneHz: number, sampleRateHz: number): number {
  const w = (2 * Math.PI * toneHz) / sampleRateHz;
  let real = 0;
  let imaginary = 0;
  for (const [n, sample] of response.entries()) {
    real += sample * Math.cos(w * n);
    imaginary -= sample * Math.sin(w * n);
  }
  return Math.hypot(real, imaginary);
}

type Six = [number, number, number, number, number, number];

function coefficients({ type, frequencyHz, gainDb, q }: Band, sampleRateHz: number): Six {
  const w = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const c = Math.cos(w);
  const alpha = Math.sin(w) / (2 * q);
  const a = 10 ** (gainDb / 40);
  const r = 2 * Math.sqrt(a) * alpha;
  switch (type) {
    case 'Peak':
      return [1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a];
    case 'Low shelf':
      return [
        a * (a + 1 - (a - 1) * c + r),
        2 * a * (a - 1 - (a + 1) * c),
        a * (a + 1 - (a - 1) * c - r),
        a + 1 + (a - 1) * c + r,
        -2 * (a - 1 + (a + 1) * c),
        a + 1 + (a - 1) * c - r,
      ];
    case 'High shelf':
      return [
        a * (a + 1 + (a - 1) * c + r),
        -2 * a * (a - 1 + (a + 1) * c),
        a * (a + 1 + (a - 1) * c - r),
        a + 1 - (a - 1) * c + r,
        2 * (a - 1 - (a + 1) * c),
        a + 1 - (a - 1) * c - r,
      ];
    case 'Low pass':
      return [(1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha];
    case 'High pass':
      return [(1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha];
    case 'Band pass':
      return [alpha, 0, -alpha, 1 + alpha, -2 * c, 1 - alpha];
    case 'Notch':
      return [1, -2 * c, 1, 1 + alpha, -2 * c, 1 - alpha];
    default:
      throw new RangeError(`there is no formula for "${type}"`);
  }
}

function onCircle([x0, x1, x2]: [number, number, number], w: number): number {
  return Math.hypot(x0 + x1 * Math.cos(w) + x2 * Math.cos(2 * w), x1 * Math.sin(w) + x2 * Math.sin(2 * w));
}
