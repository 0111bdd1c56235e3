import { OP } from '../../module/index.js';
import type { Appendix } from './appendix.js';
import { Assembler, F64, I32, I64 } from './assembler.js';
import type { CounterGlobals } from './counter-globals.js';

/** The parts of a module that a call from outside uses. */
export interface CallParts {
  readonly appendix: Appendix;
  readonly globals: CounterGlobals;
  /** Writes that no frame is open, if frames are counted. */
  readonly resetFrames: ((body: Assembler) => void) | undefined;
}

/** The functions the host drives a metered module with. */
export interface ControlFunctions {
  /** `(slice)`: fuel at the start of each later call. */
  readonly slice: number;
  /** `(fuel)`: begins a call by hand. */
  readonly begin: number;
  /** `(fuel) -> used`: takes the given fuel back and gives this amount instead. Only while the counter is in the global. */
  readonly exchange: number;
  /** `() -> used` in this call. */
  readonly used: number;
  /** `() -> used` in earlier calls. */
  readonly earlier: number;
  /** `() -> fuel` that was given and is not used yet. */
  readonly unspent: number;
  /** Closes calls that an exception left open. */
  readonly settle: number;
  /** `() -> number` of the call in progress. */
  readonly calls: number;
}

/** Appends the functions the host drives a metered module with. They burn no fuel. */
export function appendControls({ appendix, globals, resetFrames }: CallParts): ControlFunctions {
  const { counter, given, earlier, slice, depth, calls } = globals;
  const takesFuel = appendix.type([F64], []);
  const givesFuel = appendix.type([], [F64]);
  const used = (to: Assembler) => to.load(counter).load(given).op(OP.I64_ADD);
  const begin = new Assembler(I64);
  beginCall(begin.get(0).op(OP.I64_TRUNC_F64_S).set(1), globals, (to) => to.get(1));
  resetFrames?.(begin);
  const exchange = new Assembler(I64, I64);
  used(exchange).tee(1).get(0).op(OP.I64_TRUNC_F64_S).tee(2).op(OP.I64_ADD).store(given);
  exchange.i64(0).get(2).op(OP.I64_SUB).store(counter).get(1).op(OP.F64_CONVERT_I64_S);
  return {
    slice: appendix.add(takesFuel, new Assembler().get(0).op(OP.I64_TRUNC_F64_S).store(slice).finish()),
    begin: appendix.add(takesFuel, begin.finish()),
    exchange: appendix.add(appendix.type([F64], [F64]), exchange.finish()),
    used: appendix.add(givesFuel, used(new Assembler()).op(OP.F64_CONVERT_I64_S).finish()),
    earlier: appendix.add(givesFuel, new Assembler().load(earlier).op(OP.F64_CONVERT_I64_S).finish()),
    unspent: appendix.add(
      givesFuel,
      new Assembler().i64(0).load(counter).op(OP.I64_SUB, OP.F64_CONVERT_I64_S).finish(),
    ),
    settle: appendix.add(appendix.type([], []), new Assembler().i32(0).store(depth).finish()),
    calls: appendix.add(appendix.type([], [I32]), new Assembler().load(calls).finish()),
  };
}

function beginCall(
  body: Assembler,
  globals: CounterGlobals,
  pushFuel: (to: Assembler) => Assembler,
): Assembler {
  const { counter, given, earlier, calls } = globals;
  body.load(earlier).load(counter).op(OP.I64_ADD).load(given).op(OP.I64_ADD).store(earlier);
  pushFuel(body).store(given);
  pushFuel(body.i64(0)).op(OP.I64_SUB).store(counter);
  return body.load(calls).i32(1).op(OP.I32_ADD).store(calls);
}

/**
 * Appends the armed twin of an exported function: unless a call is open already, it books the fuel of the last call and starts
 * the next one with a fresh slice; all of it inside wasm, so that the host has no work in a call.
 */
export function appendArmed(
  { appendix, globals, resetFrames }: CallParts,
  target: { readonly index: number; readonly type: number; readonly params: number },
): number {
  const { depth, slice } = globals;
  const body = new Assembler();
  body.load(depth).op(OP.I32_EQZ).if();
  beginCall(body, globals, (to) => to.load(slice));
  resetFrames?.(body);
  body.end();
  body.load(depth).i32(1).op(OP.I32_ADD).store(depth);
  for (let param = 0; param < target.params; param++) body.get(param);
  body.call(target.index).load(depth).i32(1).op(OP.I32_SUB).store(depth);
  return appendix.add(target.type, body.finish());
}
