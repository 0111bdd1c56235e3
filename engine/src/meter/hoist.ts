import { OP, TYPE_I32, TYPE_I64 } from '../module/index.js';
import type { BodyWriter } from './body-writer.js';
import type { CountedLoop } from './counted-loop.js';

const SELECT = OP.SELECT;
const I32_DIV_U = 0x6e;
const I32_REM_U = 0x70;

/** Slots of the shared temporaries, behind those of bulk instructions. */
const TESTED_SLOT = 4;
const ROUNDS_SLOT = 5;

/**
 * Writes what comes before a counted loop: how many rounds it will go on, and a branch to its copy without the counter if
 * the fuel lasts for all of them. Where an overflow could make the count wrong, it falls through to the counting loop.
 * A block to fall through with (label 0) is open, with the copy at label 2.
 *
 * The rounds are those whose test succeeds. With the first tested value v, bound n and step s > 0: for `ne` they are
 * (n - v) / s, which must be whole; for `lt` they are (n - v - 1) / s + 1 if v < n, else 0, unless n + s - 1 overflows.
 */
export function writeRounds(writer: BodyWriter, loop: CountedLoop): void {
  const tested = writer.shared(TESTED_SLOT, TYPE_I32);
  const rounds = writer.shared(ROUNDS_SLOT, TYPE_I64);
  pushLinear(writer, loop.tested);
  writer.opIndex(OP.LOCAL_SET, tested);
  if (loop.stepLocal >= 0) {
    // Only steps forward are counted.
    writer.opIndex(OP.LOCAL_GET, renamed(writer, loop.stepLocal));
    writer.i32(1);
    writer.op(OP.I32_LT_S);
    writer.opIndex(OP.BR_IF, 0);
  }
  if (loop.op === OP.I32_NE) writeDistance(writer, loop, tested);
  else writeOrdered(writer, loop, tested);
  writer.op(OP.I64_EXTEND_I32_U);
  writer.opIndex(OP.LOCAL_SET, rounds);
  writer.opIndex(OP.LOCAL_GET, writer.counter);
  pushRoundsCost(writer, loop);
  writer.op(OP.I64_ADD);
  writer.i64(-writer.pending);
  writer.op(OP.I64_LT_S);
  writer.opIndex(OP.BR_IF, 2);
}

/** Pushes what the rounds cost that the loop goes on. */
export function pushRoundsCost(writer: BodyWriter, loop: CountedLoop): void {
  writer.opIndex(OP.LOCAL_GET, writer.shared(ROUNDS_SLOT, TYPE_I64));
  if (loop.roundCost === 1) return;
  writer.i64(loop.roundCost);
  writer.op(OP.I64_MUL);
}

function renamed(writer: BodyWriter, local: number): number {
  return local === writer.counter ? writer.moved : local;
}

function pushLinear(writer: BodyWriter, { local, plus, offset }: CountedLoop['tested']): void {
  if (local < 0) {
    writer.i32(offset);
    return;
  }
  writer.opIndex(OP.LOCAL_GET, renamed(writer, local));
  if (plus >= 0) {
    writer.opIndex(OP.LOCAL_GET, renamed(writer, plus));
    writer.op(OP.I32_ADD);
  }
  if (offset !== 0) {
    writer.i32(offset);
    writer.op(OP.I32_ADD);
  }
}

function pushStep(writer: BodyWriter, loop: CountedLoop): void {
  if (loop.stepLocal >= 0) writer.opIndex(OP.LOCAL_GET, renamed(writer, loop.stepLocal));
  else writer.i32(Math.abs(loop.step));
}

/** Divides by the step, by a shift where that does. */
function divideByStep(writer: BodyWriter, loop: CountedLoop): void {
  if (loop.stepLocal < 0 && Math.abs(loop.step) === 1) return;
  pushStep(writer, loop);
  writer.op(I32_DIV_U);
}

/** Pushes the way from the first tested value to the bound. */
function pushWay(writer: BodyWriter, loop: CountedLoop, tested: number): void {
  const rises = loop.stepLocal >= 0 || loop.step > 0;
  if (rises) pushLinear(writer, loop.bound);
  writer.opIndex(OP.LOCAL_GET, tested);
  if (!rises) pushLinear(writer, loop.bound);
  writer.op(OP.I32_SUB);
}

function writeDistance(writer: BodyWriter, loop: CountedLoop, tested: number): void {
  if (loop.stepLocal >= 0 || Math.abs(loop.step) !== 1) {
    pushWay(writer, loop, tested);
    pushStep(writer, loop);
    writer.op(I32_REM_U);
    writer.opIndex(OP.BR_IF, 0);
  }
  pushWay(writer, loop, tested);
  divideByStep(writer, loop);
}

function writeOrdered(writer: BodyWriter, loop: CountedLoop, tested: number): void {
  const { op } = loop;
  const signed = op === OP.I32_LT_S || op === OP.I32_LE_S || op === OP.I32_GT_S || op === OP.I32_GE_S;
  const inclusive = op === OP.I32_LE_S || op === OP.I32_LE_U || op === OP.I32_GE_S || op === OP.I32_GE_U;
  writeOverflowCheck(writer, loop, signed, inclusive);
  pushWay(writer, loop, tested);
  if (!inclusive) {
    writer.i32(1);
    writer.op(OP.I32_SUB);
  }
  divideByStep(writer, loop);
  writer.i32(1);
  writer.op(OP.I32_ADD);
  writer.i32(0);
  writer.opIndex(OP.LOCAL_GET, tested);
  pushLinear(writer, loop.bound);
  writer.op(op);
  writer.op(SELECT);
}

/** Falls through to the counting loop if the counter could wrap around before it passes the bound. */
function writeOverflowCheck(
  writer: BodyWriter,
  loop: CountedLoop,
  signed: boolean,
  inclusive: boolean,
): void {
  const rises = loop.stepLocal >= 0 || loop.step > 0;
  const most = signed ? 0x7fffffff : 0xffffffff;
  const least = signed ? -0x80000000 : 0;
  const slack = inclusive ? 0 : 1;
  if (loop.stepLocal < 0 && loop.bound.local < 0) {
    const bound = signed ? loop.bound.offset : loop.bound.offset >>> 0;
    const last = bound + loop.step + (rises ? -slack : slack);
    if (last <= most && last >= least) return;
    writer.i32(1);
    writer.opIndex(OP.BR_IF, 0);
    return;
  }
  pushLinear(writer, loop.bound);
  writer.op(signed ? OP.I64_EXTEND_I32_S : OP.I64_EXTEND_I32_U);
  if (loop.stepLocal >= 0) {
    pushStep(writer, loop);
    writer.op(OP.I64_EXTEND_I32_U);
    writer.op(OP.I64_ADD);
    writer.i64(most + slack);
  } else {
    writer.i64((rises ? most : least) - loop.step + (rises ? slack : -slack));
  }
  writer.op(rises ? OP.I64_GT_S : OP.I64_LT_S);
  writer.opIndex(OP.BR_IF, 0);
}
