import { OP, type Global, type ModuleIndex } from '../../module/index.js';
import { I32, I64 } from './assembler.js';

/** The indices of the globals a metered module has behind its own. */
export interface CounterGlobals {
  /** i64: counts up from minus the fuel that was given; 0 and above is out of fuel. */
  readonly counter: number;
  /** i64: the fuel given in this call; `counter + given` is the amount used. */
  readonly given: number;
  /** i64: the fuel used in earlier calls. */
  readonly earlier: number;
  /** i64: the fuel that a call starts with. */
  readonly slice: number;
  /** i32: number of open armed calls. */
  readonly depth: number;
  /** i32: number of armed calls; wraps. */
  readonly calls: number;
  /** i32: number of further tolls that are paid without a look at the deadline. */
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
