import { nextTurn } from '../runtime/index.js';

/** Longer than a block of any device: if none came in that time, no sound is made. */
const SILENCE_MS = 20;

/**
 * The gaps between the blocks of a lane. Work that takes a millisecond or more begins right after a block, when there is most
 * time until the next one; a turn of the event loop alone may begin a moment before a block is due.
 */
export class BlockGaps {
  #blocks = 0;
  /** Number of blocks at the last time that none came for a while; -1 while they come. No block has come at first. */
  #silentSince = 0;
  #waiting: (() => void)[] = [];

  /** A block was processed. Realtime: yes, if nobody waits. */
  blockEnded(): void {
    this.#blocks = (this.#blocks + 1) & 0x3fff_ffff;
    if (this.#waiting.length === 0) return;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Resolves in the turn after the next block; if no sound is made, in the next turn. */
  async next(): Promise<void> {
    if (this.#silentSince !== this.#blocks) {
      this.#silentSince = -1;
      await this.#block();
    }
    await nextTurn();
  }

  #block(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#silentSince = this.#blocks;
        this.#waiting = this.#waiting.filter((each) => each !== go);
        resolve();
      }, SILENCE_MS);
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.push(go);
    });
  }
}
