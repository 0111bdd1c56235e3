import { OP, TYPE_I32, TYPE_I64 } from '../../module/index.js';
import type { BodyWriter } from '../code/index.js';
import { isInclusive, isSigned, rises, type CountedLoop, type Linear } from './counted-loop.js';

const SELECT = OP.SELECT;
const I32_DIV_U = 0x6e;
const I32_REM_U = 0x70;
const I32_CLZ = 0x67;
const I32_SHR_U = 0x76;

/** Slots of the shared temporaries, behind those of bulk instructions. */
const TESTED_SLOT = 4;
const ROUNDS_SLOT = 5;

/**
 * Writes what comes before a counted loop: how many rounds it will go on, and a branch to its copy without the counter if
 * the fuel lasts for all of them. If an overflow could make the count wrong, it falls through to the counting loop.
 * A block to fall through with (label 0) is open, with the copy at label 1.
 *
 * The rounds are those whose test succeeds. With the first tested value v, bound n and step s > 0: for `ne` they are
 * (n - v) / s, which must be whole; for `lt` they are (n - v - 1) / s + 1 if v < n, else 0, unless n + s - 1 overflows.
 */
export function writeRounds(writer: BodyWriter, loop: CountedLoop): void {
  const tested = { ...FROM_ZERO, local: writer.shared(TESTED_SLOT, TYPE_I32) };
  const rounds = writer.shared(ROUNDS_SLOT, TYPE_I64);
  pushLinear(writer, loop.tested);
  writer.opIndex(OP.LOCAL_SET, tested.local);
  if (loop.op === OP.I32_NE) writeDistance(writer, loop, tested);
  else writeOrdered(writer, loop, tested);
  writer.op(OP.I64_EXTEND_I32_U);
  writer.opIndex(OP.LOCAL_SET, rounds);
  writer.opIndex(OP.LOCAL_GET, writer.counter);
  pushRoundsCost(writer, loop);
  writer.op(OP.I64_ADD);
  writer.i64(-writer.pending);
  writer.op(OP.I64_LT_S);
  writer.opIndex(OP.BR_IF, 1);
}

const FROM_ZERO = { kind: 'linear', plus: -1, offset: 0 } as const;

/** Steps from 1 to this are counted with, if a local holds them. */
const MAX_STEP = 0xffff;

/** Loops around others go on for no more rounds than this if they are bounded, so that the product fits. */
const MAX_OUTER_ROUNDS = 0xffff;

/**
 * Writes a branch to label 0, unless the fuel lasts for more rounds than the loop can go on. There are at most
 * (n - v) / s + 1 whose test succeeds, which is cheap to bound by a shift; if the first test fails they are none, so that
 * any bound does. The round whose test fails comes on top, if the test comes last: it is checked for in a loop by itself,
 * at its header, and counted beforehand in a nest, whose inner loops are not checked at all.
 */
export function writeBound(writer: BodyWriter, loop: CountedLoop): void {
  const isNest = loop.inner.length > 0;
  if (loop.stepLocal >= 0) {
    writer.opIndex(OP.LOCAL_GET, renamed(writer, loop.stepLocal));
    writer.i32(1);
    writer.op(OP.I32_SUB);
    writer.i32(MAX_STEP);
    writer.op(OP.I32_GE_U);
    writer.opIndex(OP.BR_IF, 0);
  }
  for (const each of [loop, ...loop.inner]) {
    if (each.op === OP.I32_NE) writeRestCheck(writer, each, each.tested);
    else writeOverflowCheck(writer, each);
  }
  if (isNest) {
    pushShiftedWay(writer, loop);
    writer.i32(MAX_OUTER_ROUNDS);
    writer.op(OP.I32_GT_U);
    writer.opIndex(OP.BR_IF, 0);
  }
  writer.opIndex(OP.LOCAL_GET, writer.counter);
  pushShiftedWay(writer, loop);
  writer.op(OP.I64_EXTEND_I32_U);
  if (isNest) {
    writer.i64(2);
    writer.op(OP.I64_ADD);
    pushNestCost(writer, loop);
  } else writer.i64(loop.roundCost);
  writer.op(OP.I64_MUL);
  writer.op(OP.I64_ADD);
  writer.i64(-writer.pending - (isNest ? 0 : loop.roundCost));
  writer.op(OP.I64_GE_S);
  writer.unlikely();
  writer.opIndex(OP.BR_IF, 0);
}

/** Pushes a bound on the fuel of a round, with all rounds of the loops inside. */
function pushNestCost(writer: BodyWriter, { roundCost, inner }: CountedLoop): void {
  let once = roundCost;
  for (const loop of inner) once += 2 * loop.roundCost + loop.exitCost;
  writer.i64(once);
  for (const loop of inner) {
    pushShiftedWay(writer, loop);
    writer.op(OP.I64_EXTEND_I32_U);
    writer.i64(loop.roundCost);
    writer.op(OP.I64_MUL);
    writer.op(OP.I64_ADD);
  }
}

/** Pushes an upper bound of the number of steps on the way to the bound. */
function pushShiftedWay(writer: BodyWriter, loop: CountedLoop): void {
  pushWay(writer, loop, loop.tested);
  pushLog(writer, loop);
}

/** Shifts by the step's logarithm, rounded down. */
function pushLog(writer: BodyWriter, loop: CountedLoop): void {
  if (loop.stepLocal >= 0) {
    writer.i32(31);
    writer.opIndex(OP.LOCAL_GET, renamed(writer, loop.stepLocal));
    writer.op(I32_CLZ);
    writer.op(OP.I32_SUB);
  } else {
    const log = 31 - Math.clz32(Math.abs(loop.step));
    if (log === 0) return;
    writer.i32(log);
  }
  writer.op(I32_SHR_U);
}

/** Pushes the fuel of all rounds: `rounds * roundCost`. */
export function pushRoundsCost(writer: BodyWriter, loop: CountedLoop): void {
  writer.opIndex(OP.LOCAL_GET, writer.shared(ROUNDS_SLOT, TYPE_I64));
  if (loop.roundCost === 1) return;
  writer.i64(loop.roundCost);
  writer.op(OP.I64_MUL);
}

function renamed(writer: BodyWriter, local: number): number {
  return local === writer.counter ? writer.moved : local;
}

function pushLinear(writer: BodyWriter, { local, plus, offset }: Linear): void {
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

/** Divides by the step. */
function divideByStep(writer: BodyWriter, { step }: CountedLoop): void {
  if (Math.abs(step) === 1) return;
  writer.i32(Math.abs(step));
  writer.op(I32_DIV_U);
}

/** Pushes the way from the first tested value to the bound. */
function pushWay(writer: BodyWriter, loop: CountedLoop, tested: Linear): void {
  if (rises(loop)) pushLinear(writer, loop.bound);
  pushLinear(writer, tested);
  if (!rises(loop)) pushLinear(writer, loop.bound);
  writer.op(OP.I32_SUB);
}

function writeDistance(writer: BodyWriter, loop: CountedLoop, tested: Linear): void {
  writeRestCheck(writer, loop, tested);
  pushWay(writer, loop, tested);
  divideByStep(writer, loop);
}

/** Branches to label 0 if the bound is stepped over. */
function writeRestCheck(writer: BodyWriter, loop: CountedLoop, tested: Linear): void {
  if (Math.abs(loop.step) === 1) return;
  pushWay(writer, loop, tested);
  writer.i32(Math.abs(loop.step));
  writer.op(I32_REM_U);
  writer.opIndex(OP.BR_IF, 0);
}

function writeOrdered(writer: BodyWriter, loop: CountedLoop, tested: Linear): void {
  writeOverflowCheck(writer, loop);
  pushWay(writer, loop, tested);
  const takesOne = Math.abs(loop.step) !== 1 && !isInclusive(loop);
  if (takesOne) {
    writer.i32(1);
    writer.op(OP.I32_SUB);
  }
  divideByStep(writer, loop);
  if (takesOne || isInclusive(loop)) {
    writer.i32(1);
    writer.op(OP.I32_ADD);
  }
  writer.i32(0);
  pushLinear(writer, tested);
  pushLinear(writer, loop.bound);
  writer.op(loop.op);
  writer.op(SELECT);
}

/** Branches to label 0 if the local that counts could wrap around before it passes the bound. */
function writeOverflowCheck(writer: BodyWriter, loop: CountedLoop): void {
  const { bound } = loop;
  const slack = isInclusive(loop) ? 0 : 1;
  const step = loop.stepLocal >= 0 ? MAX_STEP : Math.abs(loop.step);
  if (step === slack) return;
  const [least, most] = isSigned(loop) ? [-0x80000000, 0x7fffffff] : [0, 0xffffffff];
  // The last bound from which a step does not wrap around.
  const last = rises(loop) ? most - step + slack : least + step - slack;
  if (bound.local < 0) {
    const value = isSigned(loop) ? bound.offset : bound.offset >>> 0;
    if (rises(loop) ? value <= last : value >= last) return;
    writer.i32(1);
  } else {
    pushLinear(writer, bound);
    writer.i32(last | 0);
    if (rises(loop)) writer.op(isSigned(loop) ? OP.I32_GT_S : OP.I32_GT_U);
    else writer.op(isSigned(loop) ? OP.I32_LT_S : OP.I32_LT_U);
  }
  writer.opIndex(OP.BR_IF, 0);
}
