import { median } from '../audio/index.js';
import { blockStatistics, rounded } from './block-statistics.js';
import type { Collection } from './collections.js';
import type { RealtimeStatistics } from './measurement.js';
import { ProcessorWait } from './processor-wait.js';
import type { TestInput } from './test-input.js';
import type { BlockTimes, Contender } from './time-blocks.js';

/** The last part of a wait is spent awake: a sleeping thread may be woken that much later. */
const AWAKE_MS = 0.3;
/** Contenders take turns, a second each. */
const TURN_MS = 1000;

/** A thread that is woken so late, or waits so long for the processor, is disturbed by other programs. */
const LONG_WAKE_UP_MS = 0.5;
const LONG_WAIT_NS = 50_000;

const never = new Int32Array(new SharedArrayBuffer(4));

/** Blocks as they came by the clock. */
export interface ClockedBlocks extends BlockTimes {
  /** The delay with which each block began. */
  wakeUpsNs: Float64Array;
}

/**
 * Processes blocks by a clock, as a device asks for them: a block is late if it is not done when the next one is due. A late
 * thread skips nothing. Each contender runs for `seconds`, a second at a time.
 */
export function runRealtime(
  contenders: readonly Contender[],
  { budgetNs, seconds, input }: { budgetNs: number; seconds: number; input: TestInput },
): Map<string, ClockedBlocks> {
  const periodMs = budgetNs / 1e6;
  const each = Math.max(1, Math.round(TURN_MS / periodMs));
  const count = Math.max(1, Math.round((seconds * 1000) / periodMs));
  const kept = new Map<string, ClockedBlocks>(
    contenders.map(({ name }) => [
      name,
      {
        startsMs: new Float64Array(count),
        durationsNs: new Float64Array(count),
        wakeUpsNs: new Float64Array(count),
        disturbed: new Uint8Array(count),
      },
    ]),
  );
  const wait = new ProcessorWait();
  for (let from = 0; from < count; from += each) {
    for (const contender of contenders) {
      const times = kept.get(contender.name) as ClockedBlocks;
      let due = performance.now() + periodMs;
      for (let at = from; at < Math.min(count, from + each); at++) {
        contender.feed(input.blocks[at % input.blocks.length] as readonly Float32Array[]);
        waitUntil(due);
        const waited = wait.totalNs();
        const start = performance.now();
        contender.process();
        const end = performance.now();
        times.startsMs[at] = start;
        times.wakeUpsNs[at] = Math.max(0, start - due) * 1e6;
        // From when it was due: a thread that was woken late has less time.
        times.durationsNs[at] = (end - due) * 1e6;
        if (start - due > LONG_WAKE_UP_MS || wait.totalNs() - waited > LONG_WAIT_NS) times.disturbed[at] = 1;
        due = Math.max(due + periodMs, end - periodMs);
      }
    }
  }
  wait.close();
  return kept;
}

/** Sums up what `runRealtime` kept. */
export function realtimeStatistics(
  { wakeUpsNs, ...times }: ClockedBlocks,
  {
    budgetNs,
    collections,
    instances,
  }: { budgetNs: number; collections: readonly Collection[]; instances: number },
): RealtimeStatistics {
  return {
    ...blockStatistics(times, { budgetNs, collections }),
    instances,
    seconds: rounded((times.durationsNs.length * budgetNs) / 1e9),
    wakeUpNs: rounded(median(wakeUpsNs)),
  };
}

function waitUntil(moment: number): void {
  for (;;) {
    const left = moment - performance.now();
    if (left <= 0) return;
    if (left > AWAKE_MS) Atomics.wait(never, 0, 0, left - AWAKE_MS);
  }
}
