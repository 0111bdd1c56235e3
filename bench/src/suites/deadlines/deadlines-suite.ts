import { PluginError } from '@wasm-plugin/abi';
import { createEngine, type Plugin } from '@wasm-plugin/engine';
import { median, runRounds, type Clock, type Contender } from '../../harness/index.js';
import { atMost, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite } from '../suite.js';
import { deadlineGuest, ENDLESS, type DeadlineGuest, type Endless } from './guest.js';

const TIME_MS = 50;
const QUICK_TIME_MS = 5;
const MOST_LATE_MS = 5;

/** Delay until an endless guest is stopped, on the thread that called it. */
export const DEADLINES: Suite = {
  name: 'deadlines',
  summary: `how long after its ${TIME_MS} ms a guest is stopped that never ends, while others are served`,
  defaultRounds: 41,
  async run({ only, quick, rounds, clock, random, progress }) {
    const timeMs = quick ? QUICK_TIME_MS : TIME_MS;
    const plugin = await createEngine({ limits: { timeMs } }).load(await deadlineGuest());
    const sibling = plugin.instantiate().exports as unknown as DeadlineGuest;
    const rows: RowReport[] = [];
    const verdict: Verdict[] = [];
    for (const name of ENDLESS) {
      if (!name.includes(only)) continue;
      progress(name);
      const samples = await runRounds(contendersOf(name, { plugin, sibling, timeMs, clock }), {
        rounds,
        random,
      });
      rows.push(rowReport(name, samples, { ratios: [] }));
      const lateMs = median(samples.get('late') ?? []) / 1e6;
      verdict.push(atMost(`${name}: late`, MOST_LATE_MS, lateMs, ' ms'));
    }
    return { rows, verdict };
  },
};

interface Subject {
  plugin: Plugin;
  sibling: DeadlineGuest;
  timeMs: number;
  clock: Clock;
}

function contendersOf(name: Endless, { plugin, sibling, timeMs, clock }: Subject): Contender[] {
  return [
    {
      name: 'late',
      sample() {
        const { exports } = plugin.instantiate();
        // The 64 MiB of each instance before it are collected here, as a host that keeps its instances has nothing to collect.
        globalThis.gc?.();
        const start = clock();
        expectTimeQuota(() => (exports as unknown as DeadlineGuest)[name]());
        const late = clock() - start - timeMs * 1e6;
        if (sibling.add(2, 3) !== 5) throw new Error('Cannot go on: another instance is not served');
        return late;
      },
    },
    {
      name: 'sibling',
      sample() {
        const start = clock();
        sibling.add(2, 3);
        return clock() - start;
      },
    },
  ];
}

function expectTimeQuota(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (PluginError.is(error) && error.code === 'WP_QUOTA_TIME') return;
    throw error;
  }
  throw new Error('Cannot go on: a guest that never ends has ended');
}
