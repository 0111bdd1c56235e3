import { OP, type ValueType } from '../../module/index.js';
import type { Appendix } from './appendix.js';
import { Assembler, F64, I32, I64 } from './assembler.js';
import { ASK, pushAsk, type HookPlace } from './hook.js';

/** Appends the function that replaces `memory.grow`: asks the host's budget, grows, and returns the budget after a failure. */
export function appendGrowMemory(
  appendix: Appendix,
  place: HookPlace,
  memory: number,
  wide: boolean,
): number {
  const size = wide ? I64 : I32;
  const body = new Assembler(F64, size);
  const request = (to: Assembler) =>
    to
      .get(0)
      .op(wide ? OP.F64_CONVERT_I64_U : OP.F64_CONVERT_I32_U)
      .f64(memory);
  pushAsk(body, ASK.GROW_MEMORY, place, request);
  refuseOrGoOn(body, 1, wide);
  body.get(0).index(OP.MEMORY_GROW, memory).tee(2);
  isMinusOne(body, wide).if();
  pushAsk(body, ASK.UNDO_MEMORY, place, request).op(OP.DROP).end().get(2);
  return appendix.add(appendix.type([size], [size]), body.finish());
}

/** Appends the function that stands for `table.grow`. */
export function appendGrowTable(
  appendix: Appendix,
  place: HookPlace,
  table: { readonly index: number; readonly wide: boolean; readonly reference: ValueType },
): number {
  const { index, wide, reference } = table;
  const size = wide ? I64 : I32;
  const body = new Assembler(F64, size);
  const request = (to: Assembler) =>
    to
      .get(1)
      .op(wide ? OP.F64_CONVERT_I64_U : OP.F64_CONVERT_I32_U)
      .f64(index);
  pushAsk(body, ASK.GROW_TABLE, place, request);
  refuseOrGoOn(body, 2, wide);
  body.get(0).get(1).index(OP.TABLE_GROW, index).tee(3);
  isMinusOne(body, wide).if();
  pushAsk(body, ASK.UNDO_TABLE, place, request).op(OP.DROP).end().get(3);
  return appendix.add(appendix.type([reference, size], [size]), body.finish());
}

function refuseOrGoOn(body: Assembler, answer: number, wide: boolean): void {
  body.tee(answer).get(answer).op(OP.F64_NE).if().op(OP.UNREACHABLE).end();
  body.get(answer).f64(0).op(OP.F64_LT).if();
  (wide ? body.i64(-1) : body.i32(-1)).op(OP.RETURN).end();
}

function isMinusOne(body: Assembler, wide: boolean): Assembler {
  return wide ? body.i64(-1).op(OP.I64_EQ) : body.i32(-1).op(OP.I32_EQ);
}
