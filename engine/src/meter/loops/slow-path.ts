import { OP } from '../../module/index.js';
import type { BodyWriter } from '../code/index.js';
import type { CountedLoop } from './counted-loop.js';
import { pushRoundsCost, writeRounds } from './round-count.js';

/** A counted loop and where it stands in the source. */
export type PlacedLoop = CountedLoop & { readonly start: number; readonly end: number };

/**
 * Opens the labels around a loop whose slow path stands behind it, so that the loop itself holds no call:
 *
 *     block $out
 *       block $fast                       ;; counted loops only
 *         block (rounds; br_if $fast) end   ;; counted loops only
 *         loop $again
 *           block $empty
 *             loop … br_if $empty if the counter has run out …
 *             … and the rest in `closeSlowPath`
 *
 * The rounds are counted outside of any label that is branched back to, so that V8 knows what is constant in them.
 * Returns how many levels deep the loop then lies.
 */
export function openSlowPath(
  writer: BodyWriter,
  blockType: Uint8Array,
  counted: CountedLoop | undefined,
): number {
  writer.op(OP.BLOCK);
  writer.code.copyFrom(blockType);
  if (counted !== undefined) {
    writer.open(OP.BLOCK);
    writer.open(OP.BLOCK);
    writeRounds(writer, counted);
    writer.op(OP.END);
  }
  writer.open(OP.LOOP);
  writer.open(OP.BLOCK);
  return counted === undefined ? 4 : 5;
}

/** Writes the slow path behind a loop, and the copy of a counted loop. `offset` is the counter's at the loop's header. */
export function closeSlowPath(writer: BodyWriter, offset: number, counted: PlacedLoop | undefined): void {
  const { pending, inGlobal } = writer;
  writer.opIndex(OP.BR, counted === undefined ? 2 : 3);
  writer.op(OP.END);
  writer.pending = offset;
  writer.inGlobal = false;
  writer.refuel();
  writer.opIndex(OP.BR, 0);
  writer.op(OP.END);
  writer.op(OP.UNREACHABLE);
  if (counted !== undefined) {
    writer.op(OP.END);
    const once = (counted.testsLast ? counted.roundCost : 0) + counted.exitCost + offset - pending;
    writer.opIndex(OP.LOCAL_GET, writer.counter);
    pushRoundsCost(writer, counted);
    writer.op(OP.I64_ADD);
    if (once !== 0) {
      writer.i64(once);
      writer.op(OP.I64_ADD);
    }
    writer.opIndex(OP.LOCAL_SET, writer.counter);
    writer.copyUncounted(counted.start, counted.end);
  }
  writer.op(OP.END);
  writer.pending = pending;
  writer.inGlobal = inGlobal;
}
