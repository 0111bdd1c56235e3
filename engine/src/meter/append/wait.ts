import { OP } from '../../module/index.js';
import type { Appendix } from './appendix.js';
import { Assembler, F64, I64 } from './assembler.js';
import { ASK, pushAsk, pushPoll, type HookPlace } from './hook.js';

const NS_PER_MS = 1e6;

/** The functions called before and after `memory.atomic.wait`, so that no thread sleeps beyond its deadline. */
export interface WaitFunctions {
  /** `(timeoutNs) -> timeoutNs`: at most until the deadline. */
  readonly clamp: number;
  /** `()`: traps once the deadline has passed. */
  readonly wake: number;
}

/** Appends both. */
export function appendWait(appendix: Appendix, place: HookPlace): WaitFunctions {
  const body = new Assembler(F64, I64);
  pushAsk(body, ASK.WAIT, place, (to) => to.f64(0).f64(0));
  // Without a deadline the answer is too large for an i64, and the timeout stays.
  body
    .f64(NS_PER_MS)
    .op(OP.F64_MUL)
    .tee(1)
    .f64(2 ** 63)
    .op(OP.F64_LT)
    .if();
  body.get(1).op(OP.I64_TRUNC_F64_S).set(2);
  // As unsigned numbers, as a negative timeout never ends.
  body.get(0).get(2).op(OP.I64_GT_U).if().get(2).set(0).end().end().get(0);
  return {
    clamp: appendix.add(appendix.type([I64], [I64]), body.finish()),
    wake: appendix.add(appendix.type([], []), pushPoll(new Assembler(), place).finish()),
  };
}
