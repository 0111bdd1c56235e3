import { OP } from '../../module/index.js';
import { F64, I32, type Assembler } from './assembler.js';
import type { CounterGlobals } from './counter-globals.js';

/** The questions to the hook. */
export const ASK = {
  /** For fuel: (used in this call, used in earlier calls) → given amount; 0 or less traps. */
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
  /** Before a thread waits: () → the longest wait, in ms. */
  WAIT: 6,
  /** As a function is entered that is too deep: (depth) → nothing; it traps. */
  DEEPER: 7,
} as const;

/** The hook's parameters: the question, the number of armed calls, and two numbers that depend on the question. */
export const HOOK_PARAMS: readonly number[] = [I32, I32, F64, F64];
export const HOOK_RESULTS: readonly number[] = [F64];

/** The hook: its slot, its type, and the globals that its answers go into. */
export interface HookPlace {
  readonly globals: CounterGlobals;
  readonly hookType: number;
  readonly hookTable: number;
}

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
