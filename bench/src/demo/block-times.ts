/** Statistics of the time that the blocks of one plugin took. */
export interface BlockStatistics {
  calls: number;
  medianNs: number;
  /** 99 of 100 blocks took no longer. */
  p99Ns: number;
  worstNs: number;
}

/** Records the time of each block. */
export class BlockTimes {
  #ns = new Float64Array(0);
  #count = 0;

  /** Makes room for `count` blocks, and forgets those before. Realtime: no. */
  expect(count: number): void {
    this.#ns = new Float64Array(count);
    this.#count = 0;
  }

  /** Records a block. Realtime: yes, it allocates nothing. */
  add(ns: number): void {
    this.#ns[this.#count++] = ns;
  }

  /** The times in ascending order, in nanoseconds. */
  sorted(): Float64Array {
    return this.#ns.slice(0, this.#count).sort();
  }

  statistics(): BlockStatistics {
    const sorted = this.sorted();
    const at = (share: number): number => sorted[Math.ceil(share * (sorted.length - 1))] ?? 0;
    return { calls: sorted.length, medianNs: at(0.5), p99Ns: at(0.99), worstNs: at(1) };
  }
}
