import type { Pieces } from '../meter/index.js';
import { nextTurn } from './next-turn.js';

/** Longest turn in milliseconds: a component that is loaded within one costs no turn. */
const TURN_MS = 8;

/**
 * Does work piece by piece, and lets all other waiting work of this thread run after each 8 ms. The whole takes as long as at
 * once, and a little more if others have work.
 * @throws the error of a piece
 */
export async function takeTurns<Result>(pieces: Pieces<Result>): Promise<Result> {
  let end = performance.now() + TURN_MS;
  for (;;) {
    const piece = pieces.next();
    if (piece.done === true) return piece.value;
    if (performance.now() < end) continue;
    await nextTurn();
    end = performance.now() + TURN_MS;
  }
}
