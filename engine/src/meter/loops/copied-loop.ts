import { OP } from '../../module/index.js';
import type { BodyWriter } from '../code/index.js';
import type { CountedLoop } from './counted-loop.js';
import { writeBound } from './round-count.js';

/** A loop that is written several times over: first for when the fuel is known to last, at the end with a check a round. */
export interface CopiedLoop {
  readonly label: number;
  /** The bound on its rounds, which is checked once, before the first; `undefined` for an unrolled loop. */
  readonly bound: CountedLoop | undefined;
  /** The number of rounds of an unrolled loop that share a check. */
  readonly copies: number;
  /** Offsets in the source: of the first instruction inside the loop, and of its `end`. */
  readonly start: number;
  readonly end: number;
  /** Index of the first stop inside it. */
  readonly stop: number;
  /** The counter's offset at the header. */
  readonly offset: number;
  /** Number of the copy that is being written. */
  round: number;
  /** The repeated loop around it. */
  readonly outer: CopiedLoop | undefined;
}

const MAX_COPIES = 4;
/** The most bytes of the copies without a check. */
const MAX_BYTES = 1024;

/**
 * Returns the number of rounds that share one check, for an interpreter's loop of so many bytes. V8 unrolls small loops by
 * itself; there it helps little.
 */
export function copiesFor(bytes: number): number {
  return Math.min(MAX_COPIES, Math.floor(MAX_BYTES / bytes));
}

/**
 * Opens the labels around a loop whose rounds are bounded:
 *
 *     block $out
 *       block $slow
 *         br_if $slow unless the fuel lasts for all rounds
 *         loop $fast
 *           … a round, in which the loop's label is $fast … br $out
 *       loop $again
 *         loop $checked
 *           if the counter has run out: refuel, br $again
 *           … a round, in which the loop's label is $checked … br $out
 *
 * so that V8 knows what is constant in the bound, as nothing goes back to it; and around another:
 *
 *     block $out
 *       loop $again
 *         block $slow
 *           loop $fast
 *             br_if $slow unless the fuel lasts for the copies
 *             block $next … a round, in which the loop's label is $next … br $out end
 *             … and more of them, in the last of which it is $fast …
 *         loop $checked
 *           if the counter has run out: refuel, br $again
 *           … a round, in which the loop's label is $checked … br $out
 */
export function openCopies(writer: BodyWriter, blockType: Uint8Array, loop: CopiedLoop): void {
  writer.op(OP.BLOCK);
  writer.code.copyFrom(blockType);
  if (loop.bound === undefined) writer.open(OP.LOOP);
  writer.open(OP.BLOCK);
  if (loop.bound !== undefined) writeBound(writer, loop.bound);
  writer.open(OP.LOOP);
  if (loop.bound !== undefined) return;
  // No instruction costs more than one, nor takes less than a byte.
  writer.pushIsOut((loop.copies - 1) * (loop.end - loop.start));
  writer.unlikely();
  writer.opIndex(OP.BR_IF, 1);
}

/** The level of the label $fast. */
function fastLevel(loop: CopiedLoop): number {
  return loop.bound === undefined ? 4 : 3;
}

/** Starts a copy. Returns the level of the loop's label in it, counted from the level that lies around the loop. */
export function openCopy(writer: BodyWriter, loop: CopiedLoop): number {
  writer.runStart = loop.start;
  writer.pending = loop.offset;
  writer.inGlobal = false;
  if (loop.round < loop.copies - 1) {
    writer.open(OP.BLOCK);
    return fastLevel(loop) + 1;
  }
  if (loop.round < loop.copies) return fastLevel(loop);
  if (loop.bound !== undefined) writer.open(OP.LOOP);
  writer.open(OP.LOOP);
  writer.pushIsOut();
  writer.unlikely();
  writer.open(OP.IF);
  writer.refuel();
  writer.opIndex(OP.BR, 2);
  writer.op(OP.END);
  return 3;
}

/** Ends a copy: control that reaches the end leaves the loop. */
export function closeCopy(writer: BodyWriter, loop: CopiedLoop): void {
  if (loop.round < loop.copies - 1) {
    writer.opIndex(OP.BR, fastLevel(loop));
    writer.op(OP.END);
  } else if (loop.round < loop.copies) {
    writer.opIndex(OP.BR, fastLevel(loop) - 1);
    writer.op(OP.END);
    writer.op(OP.END);
  } else {
    writer.opIndex(OP.BR, 2);
    writer.op(OP.END);
    writer.op(OP.END);
    writer.op(OP.UNREACHABLE);
    writer.op(OP.END);
  }
}
