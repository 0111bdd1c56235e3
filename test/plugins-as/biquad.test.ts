import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instantiate } from '@assemblyscript/loader';
import { main } from 'assemblyscript/asc';
import { describe, expect, it } from 'vitest';
import { cookbook, type Band } from '../guests/cookbook.js';

const FOLDER = fileURLToPath(new URL('../../plugins-as/eq/assembly/', import.meta.url));
const TYPES = ['Off', 'Peak', 'Low shelf', 'High shelf', 'Low pass', 'High pass', 'Band pass', 'Notch'];
const HARNESS = `import { Biquad } from './biquad';

export function design(type: i32, frequency: f64, gain: f64, q: f64): StaticArray<f64> {
  const filter = new Biquad();
  filter.design(type, frequency, gain, q);
  return [filter.b0, filter.b1, filter.b2, filter.a1, filter.a2];
}
`;

type Design = (type: number, frequency: number, gain: number, q: number) => number;

/** The class of the guest as a core module of its own, with nothing around it. */
async function compiled(): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const options = ['--baseDir', FOLDER, '--outFile', 'out.wasm', '--exportRuntime', '-O1'];
  const { error, stderr } = await main(['harness.ts', ...options], {
    readFile: sourceOf,
    writeFile: (_, contents) => {
      binary = contents as Uint8Array;
    },
  });
  if (error !== null || binary === undefined) throw new Error(stderr.toString());
  return binary;
}

async function sourceOf(name: string, base: string): Promise<string | null> {
  return name === 'harness.ts' ? HARNESS : readFile(resolve(base, name), 'utf8').catch(() => null);
}

describe('Biquad.design()', () => {
  it('has the transfer function of the cookbook', async () => {
    const { exports } = await instantiate<{ design: Design }>(await compiled());
    const { __getArray: listAt } = exports;
    for (const [index, type] of TYPES.entries()) {
      if (type === 'Off') continue;
      const band: Band = { type, frequencyHz: 2400, gainDb: 5, q: 1.2 };
      const [b0, b1, b2, a1, a2] = listAt(
        exports.design(index, band.frequencyHz / 48_000, band.gainDb, band.q),
      ) as [number, number, number, number, number];
      for (const toneHz of [20, 1000, 2400, 9000, 23_000]) {
        const w = (2 * Math.PI * toneHz) / 48_000;
        const gain = onCircle([b0, b1, b2], w) / onCircle([1, a1, a2], w);
        expect(gain, `${type} at ${toneHz} Hz`).toBeCloseTo(cookbook(band, toneHz, 48_000), 9);
      }
    }
  });
});

function onCircle([x0, x1, x2]: [number, number, number], w: number): number {
  return Math.hypot(x0 + x1 * Math.cos(w) + x2 * Math.cos(2 * w), x1 * Math.sin(w) + x2 * Math.sin(2 * w));
}
