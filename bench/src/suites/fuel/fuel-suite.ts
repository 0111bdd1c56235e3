import { runRounds, warmUp, type Clock, type Contender } from '../../harness/index.js';
import { atMost, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite } from '../suite.js';
import { fuelKernels, type Kernel, type KernelPair } from './kernels.js';
import { sqliteKernel } from './sqlite.js';
import { wasmtimeRatios } from './wasmtime-ratios.js';

const RATIO = 'metered/plain';
/** Recorded on another day: only the ratio compares. */
const WASMTIME_RATIO = 'in wasmtime';
/** A sample is made about this long. */
const SAMPLE_NS = 700_000;
const MOST_TIMES = 1 << 20;
const WARM_UP = { least: 200, most: 400 };

/** Cost of counting fuel: kernels in four builds, metered and plain, side by side. */
export const FUEL: Suite = {
  name: 'fuel',
  summary: 'kernels of four compilers, metered and plain',
  defaultRounds: 120,
  async run({ rounds, quick, only, clock, random, progress }) {
    const rows: RowReport[] = [];
    const measured: KernelPair[] = [];
    const wasmtime = wasmtimeRatios();
    for (const kernel of [...fuelKernels(), await sqliteKernel()]) {
      if (!kernel.name.includes(only)) continue;
      progress(kernel.name);
      const times = quick ? 1 : timesFor(kernel.plain, clock);
      if (kernel.plain(times) !== kernel.metered(times)) {
        throw new Error(`Cannot measure "${kernel.name}": metered and plain give different results`);
      }
      const contenders: Contender[] = [
        { name: 'plain', sample: () => timed(kernel.plain, times, clock) },
        { name: 'metered', sample: () => timed(kernel.metered, times, clock) },
      ];
      if (!quick) await warmUp(contenders, { ...WARM_UP, random });
      const samples = await runRounds(contenders, { rounds, random });
      const row = rowReport(kernel.name, samples, { ratios: [['metered', 'plain']] });
      const inWasmtime = wasmtime.get(kernel.name);
      if (inWasmtime !== undefined) row.ratios[WASMTIME_RATIO] = inWasmtime;
      rows.push(row);
      measured.push(kernel);
    }
    return { rows, verdict: judge(rows, measured) };
  },
};

function timed(kernel: Kernel, times: number, clock: Clock): number {
  const start = clock();
  kernel(times);
  return (clock() - start) / times;
}

function timesFor(kernel: Kernel, clock: Clock): number {
  const until = clock() + 50e6;
  while (clock() < until) kernel(8);
  let times = 1;
  while (times < MOST_TIMES && timed(kernel, times, clock) * times < SAMPLE_NS)
    times = Math.ceil(times * 1.5);
  return times;
}

function judge(rows: readonly RowReport[], kernels: readonly KernelPair[]): Verdict[] {
  const ratios = rows.map((row) => row.ratios[RATIO] ?? NaN);
  const dsp = ratios.filter((_, at) => kernels[at]?.isDsp === true);
  return [
    ...(dsp.length === 0 ? [] : [atMost('geometric mean over the DSP kernels', 1.03, geometricMean(dsp))]),
    atMost('geometric mean over all kernels', 1.08, geometricMean(ratios)),
    atMost('worst kernel', 1.3, Math.max(...ratios)),
  ];
}

function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
