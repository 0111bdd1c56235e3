import { OP } from '../module/index.js';
import type { BodyWriter } from './body-writer.js';
import type { CountedLoop } from './counted-loop.js';
import { pushRoundsCost, writeRounds } from './hoist.js';

/** A counted loop and where it stands in the source. */
export type PlacedLoop = CountedLoop & { readonly start: number; readonly end: number };

/**
 * Opens the labels around a loop whose slow path stands behind it, so that the loop itself holds no call:
 *
 *     block $out
 *       loop $again
 *         block $fast                       ;; counted loops only
 *           block $empty
 *             block (rounds; br_if $fast) end   ;; counted loops only
 *             loop … br_if $empty if the counter has run out …
 *           … and the rest in `closeOutline`
 *
 * Returns how many levels deep the loop then lies.
 */
export function openOutline(
  writer: BodyWriter,
  blockType: Uint8Array,
  counted: CountedLoop | undefined,
): number {
  writer.op(OP.BLOCK);
  writer.code.copyFrom(blockType);
  writer.open(OP.LOOP);
  if (counted !== undefined) writer.open(OP.BLOCK);
  writer.open(OP.BLOCK);
  if (counted === undefined) return 4;
  writer.open(OP.BLOCK);
  writeRounds(writer, counted);
  writer.op(OP.END);
  return 5;
}

/** Writes the slow path behind a loop, and the copy of a counted loop. `offset` is the counter's at the loop's header. */
export function closeOutline(writer: BodyWriter, offset: number, counted: PlacedLoop | undefined): void {
  const { pending, inGlobal } = writer;
  writer.opIndex(OP.BR, counted === undefined ? 2 : 3);
  writer.op(OP.END);
  writer.pending = offset;
  writer.inGlobal = false;
  writer.refuel();
  writer.opIndex(OP.BR, counted === undefined ? 0 : 1);
  writer.op(OP.END);
  if (counted !== undefined) {
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
    writer.opIndex(OP.BR, 1);
    writer.op(OP.END);
  }
  writer.op(OP.UNREACHABLE);
  writer.op(OP.END);
  writer.pending = pending;
  writer.inGlobal = inGlobal;
}
