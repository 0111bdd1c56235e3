import { meterModule } from '@wasm-plugin/engine/meter';
import { median, runRounds, type Clock, type Contender } from '../../harness/index.js';
import { atLeast, rounded, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite } from '../suite.js';
import { firstRewriteNs } from './first-rewrite.js';
import { programs, type Program } from './programs.js';

/** Bytes a nanosecond are thousands of megabytes a second. */
const MEGABYTES_A_SECOND = 1000;
const WANTED = 25;
const WARM_UP_NS = 4e9;

/**
 * Speed of rewriting whole programs for fuel, validation included. `warm` is the speed of a process that has loaded modules
 * before; the verdict judges it. `first` is the first module of a process, which also compiles the rewriter.
 */
export const REWRITING: Suite = {
  name: 'rewriting',
  summary: 'how fast whole programs are rewritten to count fuel: warm, and first in a process',
  defaultRounds: 15,
  async run({ only, quick, rounds, clock, random, progress }) {
    const rows: RowReport[] = [];
    const verdict: Verdict[] = [];
    for (const program of programs()) {
      if (!program.name.includes(only)) continue;
      progress(program.name);
      const contenders = contendersOf(program, clock);
      const until = clock() + (quick ? 0 : WARM_UP_NS);
      while (clock() < until) meterModule(program.bytes);
      const samples = await runRounds(contenders, { rounds, random });
      const row = rowReport(program.name, samples, { ratios: [['first', 'warm']] });
      const { bytesAfter, bytesBefore } = meterModule(program.bytes).stats;
      row.ratios['size after/before'] = rounded(bytesAfter / bytesBefore);
      rows.push(row);
      const speed = (program.bytes.length / median(samples.get('warm') ?? [])) * MEGABYTES_A_SECOND;
      verdict.push(atLeast(`${program.name}: rewritten warm`, WANTED, rounded(speed), ' MB/s'));
    }
    return { rows, verdict };
  },
};

function contendersOf({ path, bytes }: Program, clock: Clock): Contender[] {
  const timed = (run: () => unknown): number => {
    const start = clock();
    run();
    return clock() - start;
  };
  return [
    { name: 'validate', sample: () => timed(() => WebAssembly.validate(bytes)) },
    { name: 'warm', sample: () => timed(() => meterModule(bytes)) },
    { name: 'first', sample: () => firstRewriteNs(path) },
  ];
}
