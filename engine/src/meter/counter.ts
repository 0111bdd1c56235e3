import { OP, type Global, type ModuleIndex, type ValueType } from '../module/index.js';
import type { Appendix } from './appendix.js';
import { Assembler, F64, I32, I64 } from './assembler.js';
import { pushNoFrames, type Frames } from './frames.js';

/** The indices of the globals a metered module has behind its own. */
export interface CounterGlobals {
  /** i64: counts up from minus the fuel that was given; 0 and above is out of fuel. */
  readonly counter: number;
  /** i64: the fuel given in this call; `counter + given` is what was used. */
  readonly given: number;
  /** i64: the fuel used in earlier calls. */
  readonly earlier: number;
  /** i64: the fuel that a call starts with. */
  readonly slice: number;
  /** i32: how many armed calls are open. */
  readonly depth: number;
  /** i32: how many calls were armed; wraps. */
  readonly calls: number;
  /** i32: how many more tolls are paid without a look at the deadline. */
  readonly tolls: number;
}

/** Names the globals' indices. */
export function counterGlobals(index: ModuleIndex): CounterGlobals {
  const first = index.globals;
  return {
    counter: first,
    given: first + 1,
    earlier: first + 2,
    slice: first + 3,
    depth: first + 4,
    calls: first + 5,
    tolls: first + 6,
  };
}

/** The definitions, in the order of `counterGlobals`. */
export const COUNTER_GLOBALS: readonly Global[] = [I64, I64, I64, I64, I32, I32, I32].map((value) => ({
  value,
  mutable: true,
  initial: new Uint8Array([value === I64 ? OP.I64_CONST : OP.I32_CONST, 0, OP.END]),
}));

/** What the hook is asked. */
export const ASK = {
  /** For fuel: (used in this call, used in earlier calls) → how much is given; not above 0 traps. */
  FUEL: 0,
  /** Before a memory grows: (pages, memory) → 0 to go ahead, negative to refuse, NaN to trap. */
  GROW_MEMORY: 1,
  /** After that failed all the same: (pages, memory). */
  UNDO_MEMORY: 2,
  /** Before a table grows: (elements, table). */
  GROW_TABLE: 3,
  /** After that failed all the same: (elements, table). */
  UNDO_TABLE: 4,
  /** Between two pieces of a long bulk operation: () → not above 0 traps. */
  POLL: 5,
  /** Before a thread waits: () → for how many milliseconds it may. */
  WAIT: 6,
  /** As a function is entered that is too deep: (depth) → nothing; it traps. */
  DEEPER: 7,
} as const;

/** The hook's parameters: what is asked, how many calls were armed, and two numbers that depend on the question. */
export const HOOK_PARAMS: readonly number[] = [I32, I32, F64, F64];
export const HOOK_RESULTS: readonly number[] = [F64];

/** Pushes the call of the hook; its arguments behind the first two must be pushed by `pushArguments`. */
export function pushAsk(
  body: Assembler,
  question: number,
  { globals, hookType, hookTable }: HookPlace,
  pushArguments: (body: Assembler) => Assembler,
): Assembler {
  pushArguments(body.i32(question).load(globals.calls));
  return body.i32(0).op(OP.CALL_INDIRECT).u32(hookType).u32(hookTable);
}

/** Writes a look at the deadline, which traps once it has passed. */
export function pushPoll(body: Assembler, place: HookPlace): Assembler {
  pushAsk(body, ASK.POLL, place, (to) => to.f64(0).f64(0));
  return body.f64(0).op(OP.F64_GT, OP.I32_EQZ).if().op(OP.UNREACHABLE).end();
}

/** How many dear instructions go by for one look at the deadline, which takes a tenth of the time that one of them takes. */
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

/** Where the hook is. */
export interface HookPlace {
  readonly globals: CounterGlobals;
  readonly hookType: number;
  readonly hookTable: number;
}

/**
 * Appends `(counter, offset) -> counter`: puts `counter + offset` into the global, asks for fuel, and returns the new
 * counter less the offset. It traps by itself when none is given, which no guest can catch. Where traps are to be exact, the
 * global is left with what it said before, as wasmtime, which asks nobody, would have it.
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

/** Appends the function that stands for `memory.grow`: asks the host's budget, grows, and gives back what failed. */
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

/** The functions the host drives a metered module with. */
export interface ControlFunctions {
  /** `(slice)`: what a call starts with from now on. */
  readonly slice: number;
  /** `(fuel)`: begins a call by hand. */
  readonly begin: number;
  /** `(fuel) -> used`: takes back what was given and gives this instead. Only while the counter is in the global. */
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
export function appendControls(
  appendix: Appendix,
  globals: CounterGlobals,
  frames: Frames | undefined,
): ControlFunctions {
  const { counter, given, earlier, slice, depth, calls } = globals;
  const takesFuel = appendix.type([F64], []);
  const givesFuel = appendix.type([], [F64]);
  const used = (to: Assembler) => to.load(counter).load(given).op(OP.I64_ADD);
  const begin = new Assembler(I64);
  beginCall(begin.get(0).op(OP.I64_TRUNC_F64_S).set(1), globals, (to) => to.get(1));
  if (frames !== undefined) pushNoFrames(begin, frames);
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
 * Appends the armed twin of an exported function: unless a call is open already, it books what the last call used and
 * starts the next one with a fresh slice; all of it inside wasm, so that the host pays nothing a call.
 */
export function appendArmed(
  appendix: Appendix,
  globals: CounterGlobals,
  target: {
    readonly index: number;
    readonly type: number;
    readonly params: number;
    readonly frames: Frames | undefined;
  },
): number {
  const { depth, slice } = globals;
  const body = new Assembler();
  body.load(depth).op(OP.I32_EQZ).if();
  beginCall(body, globals, (to) => to.load(slice));
  if (target.frames !== undefined) pushNoFrames(body, target.frames);
  body.end();
  body.load(depth).i32(1).op(OP.I32_ADD).store(depth);
  for (let param = 0; param < target.params; param++) body.get(param);
  body.call(target.index).load(depth).i32(1).op(OP.I32_SUB).store(depth);
  return appendix.add(target.type, body.finish());
}
