import { createRequire } from 'node:module';

/** The part of the package `benchmark` that is used here; it brings no types of its own. */
interface Benchmark {
  run(): this;
  readonly stats: {
    /** Seconds that a run of the function took, one number a cycle. */
    readonly sample: readonly number[];
  };
  readonly error?: unknown;
}

interface BenchmarkOptions {
  /** Seconds. */
  maxTime: number;
  minSamples: number;
}

type BenchmarkConstructor = new (name: string, run: () => unknown, options: BenchmarkOptions) => Benchmark;

const Constructor = createRequire(import.meta.url)('benchmark') as BenchmarkConstructor;

/** Measures a function by the package's own method. In nanoseconds a run. */
export function benchmarkSamples(run: () => unknown, options: BenchmarkOptions): number[] {
  const benchmark = new Constructor('run', run, options).run();
  if (benchmark.error !== undefined) throw benchmark.error;
  return benchmark.stats.sample.map((seconds) => seconds * 1e9);
}
