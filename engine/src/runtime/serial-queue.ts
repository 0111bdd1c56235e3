/** Does one thing after the other, in the order in which they were asked for. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Does some work after all that was asked for before, also if that failed. Settles as the work does. */
  run<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all that was asked for so far is done. Never rejects. */
  async whenDone(): Promise<void> {
    await this.#last;
  }
}
