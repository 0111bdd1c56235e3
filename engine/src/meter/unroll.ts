import { OP } from '../module/index.js';
import type { BodyWriter } from './body-writer.js';

/** A loop that is written several times over, one round after another. */
export interface UnrolledLoop {
  readonly label: number;
  /** How many rounds go by for one check. */
  readonly copies: number;
  /** Where the instructions inside it start in the source, and where its `end` stands. */
  readonly start: number;
  readonly end: number;
  /** The counter's offset at the header. */
  readonly offset: number;
  /** Which copy is being written: those without a check come first, the one with it last. */
  round: number;
}

const MOST_COPIES = 4;
/** How many bytes the copies may take that go without a check. */
const MOST_BYTES = 1024;

/**
 * Returns how many rounds of an interpreter's loop of so many bytes go by for one check. V8 unrolls what is small by itself;
 * there it helps little.
 */
export function copiesOf(bytes: number): number {
  return Math.min(MOST_COPIES, Math.floor(MOST_BYTES / bytes));
}

/**
 * Opens the labels around a loop that is checked once in several rounds:
 *
 *     block $out
 *       loop $again
 *         block $slow
 *           loop $fast
 *             br_if $slow if the counter may run out within the copies
 *             block $next … a round, in which the loop's label is $next … br $out end
 *             … and more of them, in the last of which it is $fast …
 *           end
 *         end
 *         the check
 *         … a round, in which the loop's label is $again … br $out
 */
export function openUnrolled(writer: BodyWriter, blockType: Uint8Array, loop: UnrolledLoop): void {
  writer.op(OP.BLOCK);
  writer.code.copyFrom(blockType);
  writer.open(OP.LOOP);
  writer.open(OP.BLOCK);
  writer.open(OP.LOOP);
  // No instruction costs more than one, nor takes less than a byte.
  writer.pushIsOut((loop.copies - 1) * (loop.end - loop.start));
  writer.unlikely();
  writer.opIndex(OP.BR_IF, 1);
}

/** Starts a copy. Returns the level of the loop's label in it, counted from the level that lies around the loop. */
export function openRound(writer: BodyWriter, loop: UnrolledLoop): number {
  writer.runStart = loop.start;
  writer.pending = loop.offset;
  writer.inGlobal = false;
  if (loop.round < loop.copies - 1) {
    writer.open(OP.BLOCK);
    return 5;
  }
  if (loop.round < loop.copies) return 4;
  writer.check();
  return 2;
}

/** Ends a copy: whoever gets here leaves the loop. */
export function closeRound(writer: BodyWriter, loop: UnrolledLoop): void {
  if (loop.round < loop.copies - 1) {
    writer.opIndex(OP.BR, 4);
    writer.op(OP.END);
  } else if (loop.round < loop.copies) {
    writer.opIndex(OP.BR, 3);
    writer.op(OP.END);
    writer.op(OP.END);
  } else {
    writer.opIndex(OP.BR, 1);
    writer.op(OP.END);
    writer.op(OP.UNREACHABLE);
    writer.op(OP.END);
  }
}
