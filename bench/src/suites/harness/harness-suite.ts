import { callContender, median, runRounds, warmUp, type Clock, type Use } from '../../harness/index.js';
import { atMost, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite, SuiteOptions } from '../suite.js';
import { benchmarkSamples } from './benchmark-package.js';

/** Operations of known kinds: plain arithmetic, allocation, and a call into the platform. */
const ROWS: readonly { name: string; use: Use<Target> }[] = [
  { name: 'a multiplication', use: (target, index) => (target.value = Math.imul(target.value, index | 1)) },
  {
    name: 'an array of 16 numbers',
    use: (target, index) => {
      target.kept = Array.from({ length: 16 }, () => index);
      return index;
    },
  },
  {
    name: 'a text of 256 bytes, decoded',
    use: (target) => {
      target.kept = target.decoder.decode(target.bytes);
      return target.bytes.length;
    },
  },
];

interface Target {
  value: number;
  kept: unknown;
  decoder: TextDecoder;
  bytes: Uint8Array;
}

const CALLS = 1000;
const SLICE_NS = 1e6;

/** Compares our way to measure with that of the `benchmark` package, on operations that neither can favour. */
export const HARNESS: Suite = {
  name: 'harness',
  summary: 'our interleaved rounds against the benchmark package, on the same operations',
  defaultRounds: 200,
  async run(options) {
    const rows: RowReport[] = [];
    for (const { name, use } of ROWS) {
      if (!name.includes(options.only)) continue;
      options.progress(name);
      rows.push(await measure(name, use, options));
    }
    return { rows, verdict: rows.map(judge) };
  },
};

async function measure(name: string, use: Use<Target>, options: SuiteOptions): Promise<RowReport> {
  const { quick, rounds, random, clock } = options;
  const contender = contenderOf(use, { clock, quick });
  contender.calibrate();
  await warmUp([contender], { least: quick ? 1 : 100, most: quick ? 2 : 500, random });
  contender.calibrate();
  const ours = (await runRounds([contender], { rounds, random })).get('rounds') ?? [];
  const { loop } = contenderOf(use, { clock, quick });
  const limits = quick ? { maxTime: 0.01, minSamples: 1 } : { maxTime: 1, minSamples: 20 };
  const theirs = benchmarkSamples(() => loop(CALLS), limits).map((ns) => ns / CALLS);
  // The two run apart, so no two of their samples are a pair: the medians are compared.
  const samples = new Map([
    ['rounds', ours],
    ['benchmark', theirs],
  ]);
  const report = rowReport(name, samples, { ratios: [] });
  return { ...report, ratios: { 'rounds/benchmark': median(ours) / median(theirs) } };
}

function contenderOf(use: Use<Target>, { clock, quick }: { clock: Clock; quick: boolean }) {
  const target = {
    value: 1,
    kept: undefined,
    decoder: new TextDecoder(),
    bytes: new Uint8Array(256).fill(97),
  };
  return callContender('rounds', { use, target, sliceNs: quick ? SLICE_NS / 20 : SLICE_NS, clock });
}

function judge({ name, ratios }: RowReport): Verdict {
  const ratio = ratios['rounds/benchmark'] ?? NaN;
  return atMost(`${name}: apart by a factor`, 1.5, Math.max(ratio, 1 / ratio));
}
