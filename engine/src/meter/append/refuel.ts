import { OP } from '../../module/index.js';
import type { Appendix } from './appendix.js';
import { Assembler, F64, I64 } from './assembler.js';
import { ASK, pushAsk, pushPoll, type HookPlace } from './hook.js';

/**
 * Appends `(counter, offset) -> counter`: puts `counter + offset` into the global, asks for fuel, and returns the new counter
 * less the offset. It traps by itself when none is given, which no guest can catch. If traps have to be exact, the global keeps
 * its value from before, as in wasmtime, which asks nobody.
 */
export function appendRefuel(
  appendix: Appendix,
  place: HookPlace,
  { exactTraps }: { readonly exactTraps: boolean },
): number {
  const { globals } = place;
  const body = new Assembler(F64, I64, I64);
  const used = (to: Assembler) => to.load(globals.counter).load(globals.given).op(OP.I64_ADD);
  used(body).set(4);
  body.get(0).get(1).op(OP.I64_ADD).store(globals.counter);
  pushAsk(body, ASK.FUEL, place, (to) =>
    used(to).op(OP.F64_CONVERT_I64_S).load(globals.earlier).op(OP.F64_CONVERT_I64_S),
  );
  body.tee(2).f64(0).op(OP.F64_GT, OP.I32_EQZ).if().op(OP.UNREACHABLE).end();
  used(body).get(2).op(OP.I64_TRUNC_F64_S).tee(3).op(OP.I64_ADD).store(globals.given);
  body.i64(0).get(3).op(OP.I64_SUB).store(globals.counter);
  body.load(globals.counter).get(1).op(OP.I64_SUB);
  if (exactTraps) body.get(4).load(globals.given).op(OP.I64_SUB).store(globals.counter);
  return appendix.add(appendix.type([I64, I64], [I64]), body.finish());
}

/** The number of dear instructions that share one look at the deadline, which takes a tenth of the time of one of them. */
const TOLLS_PER_LOOK = 8;

/**
 * Appends the function that stands before instructions that take far more time than fuel, such as a throw: every so often it
 * looks at the deadline. It burns no fuel.
 */
export function appendToll(appendix: Appendix, place: HookPlace): number {
  const { tolls } = place.globals;
  const body = new Assembler();
  body.load(tolls).i32(1).op(OP.I32_SUB).store(tolls);
  body.load(tolls).i32(0).op(OP.I32_LT_S).if();
  pushPoll(body.i32(TOLLS_PER_LOOK - 1).store(tolls), place).end();
  return appendix.add(appendix.type([], []), body.finish());
}
