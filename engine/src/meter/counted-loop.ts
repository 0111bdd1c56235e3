import { InstructionCursor, OP, type IndexSpaces } from '../module/index.js';
import { costOf } from './cost.js';
import { NO_EFFECT, stackEffect } from './stack-effect.js';

/** `local + plus local + offset` as an i32, in terms of the locals at the start of a round; -1 for no local. */
export interface Linear {
  readonly kind: 'linear';
  readonly local: number;
  readonly plus: number;
  readonly offset: number;
}

interface Comparison {
  readonly kind: 'comparison';
  readonly op: number;
  readonly left: Linear;
  readonly right: Linear;
}

type Value = Linear | Comparison | undefined;

/** A loop whose rounds can be counted, or at least bounded, before it starts. */
export interface CountedLoop {
  /** The local that counts. */
  readonly counter: number;
  /** What is first compared: the counter at the start, plus these. */
  readonly tested: Linear;
  /** The loop goes on while what is tested compares so with the bound. */
  readonly op: number;
  readonly bound: Linear;
  /** How much the counter changes each round; where `stepLocal` is one, that local instead. */
  readonly step: number;
  readonly stepLocal: number;
  /** What one round costs. */
  readonly roundCost: number;
  /** What is paid beyond the rounds: of the last test, if it comes first in the loop. */
  readonly exitCost: number;
  /** Whether the round in which the test fails is a whole one, as it comes last in the loop. */
  readonly testsLast: boolean;
  /** Whether the loop may end earlier. */
  readonly mayLeave: boolean;
}

type Costs = Pick<CountedLoop, 'roundCost' | 'exitCost' | 'testsLast' | 'mayLeave'>;

/** Whether the rounds can be counted, and not only bounded. */
export function isExact({ mayLeave, stepLocal }: CountedLoop): boolean {
  return !mayLeave && stepLocal < 0;
}

/** `i32` comparisons 0x46 to 0x4f: what they are when negated, and with their operands swapped. */
const NEGATED = [0x47, 0x46, 0x4e, 0x4f, 0x4c, 0x4d, 0x4a, 0x4b, 0x48, 0x49];
const SWAPPED = [0x46, 0x47, 0x4a, 0x4b, 0x48, 0x49, 0x4e, 0x4f, 0x4c, 0x4d];

const NO_RESULT = 0x40;

function constant(offset: number): Linear {
  return { kind: 'linear', local: -1, plus: -1, offset: offset | 0 };
}

/**
 * Recognizes a counted loop by running one round of it on symbols: straight code that ends in `br_if 0` (as LLVM writes
 * loops), or straight code, an `if`, and straight code in it that ends in `br 1` (as binaryen does). A local must change by
 * the same amount each round, and be compared with what does not change. Branches out of the loop may lie between: then
 * any of the conditions under which it goes on may be the comparison.
 */
export class LoopReader {
  readonly #source: Uint8Array;
  readonly #cursor: InstructionCursor;
  readonly #stack: Value[] = [];
  readonly #locals = new Map<number, Value>();

  constructor(source: Uint8Array, spaces: IndexSpaces) {
    this.#source = source;
    this.#cursor = new InstructionCursor(source, spaces);
  }

  /** Reads the loop whose instructions are `[start, end)`, `end` being where its `end` stands. */
  read(start: number, end: number, locals: number): CountedLoop | undefined {
    const cursor = this.#cursor;
    cursor.enter(start, end, locals);
    this.#stack.length = 0;
    this.#locals.clear();
    let cost = 0;
    let exitCost = -1;
    const conditions: Value[] = [];
    while (!cursor.done) {
      cursor.next();
      const { op } = cursor;
      cost += costOf(op);
      switch (op) {
        case OP.BR_IF: {
          const condition = this.#stack.pop();
          if (cursor.first > (exitCost < 0 ? 0 : 1)) conditions.push(negate(condition));
          else if (exitCost >= 0 || cursor.first !== 0 || cursor.position !== end) return undefined;
          else
            return this.#judge([condition, ...conditions], { roundCost: cost, exitCost: 0, testsLast: true });
          break;
        }
        case OP.IF:
          if (exitCost >= 0 || this.#source[cursor.operands] !== NO_RESULT) return undefined;
          conditions.unshift(this.#stack.pop());
          exitCost = cost;
          break;
        case OP.BR: {
          if (exitCost < 0 || cursor.first !== 1) return undefined;
          cursor.next();
          const closes = cursor.op === OP.END && cursor.position === end;
          return closes
            ? this.#judge(conditions, { roundCost: cost, exitCost, testsLast: false })
            : undefined;
        }
        default:
          if (!this.#step(op)) return undefined;
      }
    }
    return undefined;
  }

  /** Runs an instruction. Returns false for one that a counted loop may not have. */
  #step(op: number): boolean {
    const stack = this.#stack;
    const local = this.#cursor.first;
    switch (op) {
      case OP.LOCAL_GET:
        stack.push(this.#local(local));
        return true;
      case OP.LOCAL_SET:
        this.#locals.set(local, stack.pop());
        return true;
      case OP.LOCAL_TEE:
        this.#locals.set(local, stack.at(-1));
        return true;
      case OP.I32_CONST:
        stack.push(constant(local));
        return true;
      case OP.I32_ADD:
      case OP.I32_SUB: {
        const right = stack.pop();
        stack.push(sum(stack.pop(), right, op === OP.I32_SUB));
        return true;
      }
      case OP.I32_EQZ:
        stack.push(negate(stack.pop()));
        return true;
    }
    const effect = stackEffect(op);
    if (effect === NO_EFFECT) return false;
    if (op >= OP.I32_EQ && op <= OP.I32_GE_U) {
      const right = stack.pop();
      const left = stack.pop();
      const fits = left?.kind === 'linear' && right?.kind === 'linear';
      stack.push(fits ? { kind: 'comparison', op, left, right } : undefined);
      return true;
    }
    for (let pops = effect >> 2; pops > 0; pops--) stack.pop();
    if (effect & 1) stack.push(undefined);
    return true;
  }

  #local(index: number): Value {
    if (this.#locals.has(index)) return this.#locals.get(index);
    return { kind: 'linear', local: index, plus: -1, offset: 0 };
  }

  #isUnchanged(index: number): boolean {
    const now = this.#local(index);
    return now?.kind === 'linear' && now.local === index && now.plus < 0 && now.offset === 0;
  }

  /** Counts by the first condition that can be counted by. */
  #judge(conditions: readonly Value[], costs: Omit<Costs, 'mayLeave'>): CountedLoop | undefined {
    const mayLeave = conditions.length > 1;
    for (const condition of conditions) {
      if (condition === undefined) continue;
      const { op, left, right }: Comparison =
        condition.kind === 'comparison'
          ? condition
          : { kind: 'comparison', op: OP.I32_NE, left: condition, right: constant(0) };
      const loop =
        this.#count(op, left, right, { ...costs, mayLeave }) ??
        this.#count(SWAPPED[op - OP.I32_EQ] as number, right, left, { ...costs, mayLeave });
      if (loop !== undefined) return loop;
    }
    return undefined;
  }

  #count(op: number, tested: Linear, bound: Linear, costs: Costs): CountedLoop | undefined {
    for (const counter of [tested.local, tested.plus]) {
      if (counter < 0) continue;
      const after = this.#local(counter);
      if (after?.kind !== 'linear') continue;
      const step = stepOf(after, counter);
      if (step === undefined || (step.local < 0 && step.offset === 0)) continue;
      const others = [tested.local, tested.plus, step.local, bound.local, bound.plus];
      if (bound.local === counter || bound.plus === counter || step.local === counter) continue;
      if (tested.local === counter && tested.plus === counter) continue;
      if (others.some((other) => other >= 0 && other !== counter && !this.#isUnchanged(other))) continue;
      const rises = step.local >= 0 || step.offset > 0;
      const fits = op === OP.I32_NE || (rises ? isLess(op) : isGreater(op));
      if (!fits || step.offset === -0x80000000) continue;
      // The bound of a loop that is not counted exactly is rounded: the end might be stepped over.
      const isRough = costs.mayLeave || step.local >= 0;
      if (isRough && op === OP.I32_NE && (step.local >= 0 || Math.abs(step.offset) !== 1)) continue;
      return { counter, tested, op, bound, step: step.offset, stepLocal: step.local, ...costs };
    }
    return undefined;
  }
}

/** By how much `after` is more than the local: a constant or one other local. */
function stepOf(after: Linear, local: number): { local: number; offset: number } | undefined {
  const other = after.local === local ? after.plus : after.plus === local ? after.local : undefined;
  if (other === undefined || (other >= 0 && after.offset !== 0)) return undefined;
  return { local: other, offset: after.offset };
}

function sum(left: Value, right: Value, subtracts: boolean): Value {
  if (left?.kind !== 'linear' || right?.kind !== 'linear') return undefined;
  if (subtracts) {
    if (right.local >= 0 || right.plus >= 0) return undefined;
    return { ...left, offset: (left.offset - right.offset) | 0 };
  }
  const locals = [left.local, left.plus, right.local, right.plus].filter((local) => local >= 0);
  if (locals.length > 2) return undefined;
  return {
    kind: 'linear',
    local: locals[0] ?? -1,
    plus: locals[1] ?? -1,
    offset: (left.offset + right.offset) | 0,
  };
}

function negate(value: Value): Value {
  if (value === undefined) return undefined;
  if (value.kind === 'linear') return { kind: 'comparison', op: OP.I32_EQ, left: value, right: constant(0) };
  return { ...value, op: NEGATED[value.op - OP.I32_EQ] as number };
}

function isLess(op: number): boolean {
  return op === OP.I32_LT_S || op === OP.I32_LT_U || op === OP.I32_LE_S || op === OP.I32_LE_U;
}

function isGreater(op: number): boolean {
  return op === OP.I32_GT_S || op === OP.I32_GT_U || op === OP.I32_GE_S || op === OP.I32_GE_U;
}
