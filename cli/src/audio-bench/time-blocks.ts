import { Random } from '../random/index.js';
import { ProcessorWait } from './processor-wait.js';
import type { TestInput } from './test-input.js';

/** Something whose blocks are timed. */
export interface Contender {
  name: string;
  /** Writes the inputs of a block; not timed. */
  feed(block: readonly Float32Array[]): void;
  /** Processes a block. */
  process(): void;
}

/** Times of blocks, in the order of their processing. */
export interface BlockTimes {
  /** Starts, in milliseconds of `performance.now`. */
  startsMs: Float64Array;
  durationsNs: Float64Array;
  /** 1 for each block of a turn in which other programs took the processor. */
  disturbed: Uint8Array;
}

/** Blocks of one contender in a row: short enough that what disturbs the machine disturbs all alike. */
const TURN = 32;
/** A shorter wait for the processor makes no block late. */
const LONG_WAIT_NS = 50_000;

/** Times blocks one by one. Contenders take turns, in random order, so they meet the same noise of the machine. */
export function timeBlocks(
  contenders: readonly Contender[],
  { count, input, seed }: { count: number; input: TestInput; seed: number },
): Map<string, BlockTimes> {
  const random = new Random(seed);
  const wait = new ProcessorWait();
  const timed = contenders.map((contender) => ({
    contender,
    times: {
      startsMs: new Float64Array(count),
      durationsNs: new Float64Array(count),
      disturbed: new Uint8Array(count),
    },
  }));
  for (let from = 0; from < count; from += TURN) {
    const to = Math.min(count, from + TURN);
    for (let left = timed.length; left > 0; left--) {
      const picked = random.below(left);
      const each = timed[picked] as (typeof timed)[number];
      timed[picked] = timed[left - 1] as (typeof timed)[number];
      timed[left - 1] = each;
      const before = wait.totalNs();
      timeTurn(each.contender, each.times, { from, to, input });
      if (wait.totalNs() - before > LONG_WAIT_NS) each.times.disturbed.fill(1, from, to);
    }
  }
  wait.close();
  return new Map(timed.map(({ contender, times }) => [contender.name, times]));
}

function timeTurn(
  ...[contender, { startsMs, durationsNs }, { from, to, input }]: [
    Contender,
    BlockTimes,
    { from: number; to: number; input: TestInput },
  ]
): void {
  const { blocks } = input;
  for (let at = from; at < to; at++) {
    contender.feed(blocks[at % blocks.length] as readonly Float32Array[]);
    const start = performance.now();
    contender.process();
    const end = performance.now();
    startsMs[at] = start;
    durationsNs[at] = (end - start) * 1e6;
  }
}
