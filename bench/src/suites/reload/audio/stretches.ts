import { PerformanceObserver } from 'node:perf_hooks';
import type { Clock } from '../../../harness/index.js';

/** Activities that can keep the thread from a block. */
export type Doing = 'instantiate' | 'swap' | 'collect' | 'no processor';

/** A time in which the thread did one thing, and nothing else could be done on it. */
interface Stretch {
  readonly doing: Doing;
  readonly from: number;
  readonly to: number;
}

/** A shorter activity does not make a block late. */
const SHORTEST_BLAMED_NS = 200_000;

/** Records the thread's activities with their times, to explain late blocks afterwards. */
export class Stretches {
  readonly #clock: Clock;
  readonly #all: Stretch[] = [];
  readonly #collections: PerformanceObserver;

  /** @param clock the time of `performance.now` */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.#collections = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        this.add('collect', startTime * 1e6, (startTime + duration) * 1e6);
    });
    this.#collections.observe({ entryTypes: ['gc'] });
  }

  add(doing: Doing, from: number, to: number): void {
    this.#all.push({ doing, from, to });
  }

  /** Does some work, and records its time. */
  during<Result>(doing: Doing, work: () => Result): Result {
    const from = this.#clock();
    const result = work();
    this.add(doing, from, this.#clock());
    return result;
  }

  /** Ends the writing. Collections are told of a turn after they were. */
  async close(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 10));
    this.#collections.disconnect();
  }

  /** Returns the times of each kind, in nanoseconds. */
  lengths(): Partial<Record<Doing, number[]>> {
    const lengths: Partial<Record<Doing, number[]>> = {};
    for (const { doing, from, to } of this.#all) (lengths[doing] ??= []).push(to - from);
    return lengths;
  }

  /** Returns the activity that took most of a time span; a collection within another activity counts as a collection. */
  mostOf(from: number, to: number): Doing | 'nothing that is known' {
    const within = this.#all.filter((each) => each.to > from && each.from < to);
    let most: Doing | undefined;
    let longest = SHORTEST_BLAMED_NS;
    for (const each of within) {
      const inner = within.filter(
        (other) => other !== each && other.from >= each.from && other.to <= each.to,
      );
      const length = inner.reduce((rest, other) => rest - overlap(other, from, to), overlap(each, from, to));
      if (length <= longest) continue;
      longest = length;
      most = each.doing;
    }
    return most ?? 'nothing that is known';
  }
}

function overlap(stretch: Stretch, from: number, to: number): number {
  return Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
}
