import { median, pairedRatio, percentile } from '../../harness/index.js';
import { rounded, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite, SuiteOptions } from '../suite.js';
import { judge } from './judge.js';
import { KERNELS, type Kernel } from './kernels.js';
import type { Measurement } from './measurement.js';
import { describeBuild, OTHER_BUILDS, REFERENCE } from './native-build.js';
import { runMeasurement } from './run-measurement.js';

const PROCESSES = 3;
const SAMPLE_RATE_HZ = 48_000;
const FRAMES = 128;

/** The pairs that a row compares. */
const RATIOS: readonly (readonly [string, string])[] = [
  ['engine', 'core'],
  ['engine', 'native'],
  ['rust', 'native'],
  ['assemblyscript', 'native'],
  ['javascript', 'native'],
];

/** DSP kernels: metered components of C, Rust and AssemblyScript, beside native code, the raw core module and plain JavaScript. */
export const DSP: Suite = {
  name: 'dsp',
  summary: 'nine effects in C, Rust and AssemblyScript: metered components beside native code',
  defaultRounds: 120,
  async run(options): Promise<{ rows: RowReport[]; verdict: Verdict[] }> {
    const rows: RowReport[] = [];
    const all = new Map<string, Measurement[]>();
    for (const build of [REFERENCE, ...OTHER_BUILDS]) {
      options.progress(`${build.name}: ${describeBuild(build) ?? 'not on this machine'}`);
    }
    for (const kernel of KERNELS) {
      if (!kernel.name.includes(options.only)) continue;
      options.progress(kernel.title);
      const measurements = await measureKernel(kernel, options);
      rows.push(kernelRow(kernel, measurements));
      all.set(kernel.name, measurements);
    }
    return { rows, verdict: judge(rows, all) };
  },
};

async function measureKernel(
  { name }: Kernel,
  { rounds, quick, random }: SuiteOptions,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (let at = 0; at < (quick ? 1 : PROCESSES); at++) {
    measurements.push(
      await runMeasurement({
        kernel: name,
        sampleRateHz: SAMPLE_RATE_HZ,
        frames: FRAMES,
        channels: 1,
        rounds,
        quick,
        seed: Math.floor(random() * 2 ** 31),
        everyBuild: !quick,
      }),
    );
  }
  return measurements;
}

function kernelRow({ name }: Kernel, measurements: readonly Measurement[]): RowReport {
  const row: RowReport = { name, variants: {}, ratios: {} };
  for (const variant of Object.keys(measurements[0]?.samples ?? {})) {
    row.variants[variant] = {
      medianNs: over(measurements, ({ samples }) => median(samples[variant] ?? [])),
      p99Ns: over(measurements, ({ samples }) => percentile(samples[variant] ?? [], 0.99)),
      ...(variant === 'engine' ? { garbageBytes: over(measurements, (each) => each.garbageBytes) } : {}),
    };
  }
  for (const [above, below] of RATIOS) {
    if (row.variants[above] === undefined || row.variants[below] === undefined) continue;
    row.ratios[`${above}/${below}`] = over(measurements, ({ samples }) =>
      pairedRatio(samples[above] ?? [], samples[below] ?? []),
    );
  }
  if (row.variants['native'] !== undefined) {
    row.ratios['core/native inside'] = over(measurements, ({ inside }) =>
      pairedRatio(inside['core'] ?? [], inside['native'] ?? []),
    );
  }
  return row;
}

/** The median over processes. */
function over(measurements: readonly Measurement[], value: (measurement: Measurement) => number): number {
  return rounded(median(measurements.map(value)));
}
