import { nextTurn } from '../runtime/index.js';

/** A survivor of a collection is young once more, and dead objects are counted until another buffer is made. */
const ROUNDS = 3;

/**
 * Yields the thread after an instance was started, and lets the collections happen that would else fall into the pause.
 * Before it makes a buffer, V8 collects young objects while the buffers among them, memories of instances too, are above a
 * bound; that is every few reloads. Each takes milliseconds, so each has a turn of its own.
 * @param turn resolves when there is time for such a step
 */
export async function settle(turn = nextTurn): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await turn();
    void new ArrayBuffer(1);
  }
  await turn();
}
