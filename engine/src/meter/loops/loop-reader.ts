import { InstructionCursor, OP, type IndexSpaces } from '../../module/index.js';
import { type BodyScan, costOf } from '../code/index.js';
import {
  constant,
  costOfAll,
  countRounds,
  isUnchanged,
  localIn,
  negate,
  sum,
  type Condition,
  type CountedLoop,
  type Linear,
  type NestedLoop,
  type Round,
  type Value,
} from './counted-loop.js';
import { NO_EFFECT, stackEffect } from './stack-effect.js';

const NO_RESULT = 0x40;

/** The most forks in a round. Loops that are longer, and better not written twice, may have one. */
const MAX_FORKS = 16;
const MAX_FORKED_BYTES = 256;
/** Loops around others may be longer. */
export const MAX_NEST_BYTES = 1024;
/** More conditions are not kept in mind. */
const MAX_CONDITIONS = 16;

/** A label within the round. */
interface Label {
  /** The number of values on the stack around it. */
  readonly height: number;
  /** The state where the condition of an `if` does not hold, until its `else`. */
  otherwise: Round | undefined;
  /** The state at its end of those that branched there. */
  exit: Round | undefined;
}

/**
 * Recognizes a counted loop by running one round of it on symbols. A local must change by the same amount in every round that
 * is followed by another, and be compared in each of those with a value that does not change. If the loop is straight code that
 * ends in `br_if 0` (as LLVM writes loops), or straight code, an `if`, and straight code in it that ends in `br 1` (as binaryen
 * does), its rounds are counted. With other ways out of it or through it they are bounded; so are those of a loop around
 * counted loops, if these have the same number of rounds in each of its rounds.
 */
export class LoopReader {
  readonly #source: Uint8Array;
  readonly #spaces: IndexSpaces;
  readonly #scan: BodyScan;
  readonly #cursor: InstructionCursor;
  /** Reads the loops inside; these hold no further ones. */
  #nested: LoopReader | undefined;
  #inner: NestedLoop[] = [];
  readonly #stack: Value[] = [];
  readonly #labels: Label[] = [];
  #locals = new Map<number, Value>();
  /** True if a round refers to `#locals`, which is then copied before it changes. */
  #isShared = false;
  #conditions: Condition[] = [];
  #reachable = true;
  #forks = 0;
  /** True if a way leads out of the loop other than its end. */
  #leaves = false;
  /** The state where the next round starts. There must be one such place. */
  #round: Round | undefined;
  #repeatsAlways = false;
  /** The number of the label that opened last. */
  #lastLabel = 0;

  constructor(source: Uint8Array, spaces: IndexSpaces, scan: BodyScan) {
    this.#source = source;
    this.#spaces = spaces;
    this.#scan = scan;
    this.#cursor = new InstructionCursor(source, spaces);
  }

  /** Reads the loop whose instructions start at `start`, in a function of so many locals. Its label is `label`. */
  read(start: number, label: number, locals: number): CountedLoop | undefined {
    return this.#read(start, label, locals, true);
  }

  #read(start: number, label: number, locals: number, nests: boolean): CountedLoop | undefined {
    const cursor = this.#cursor;
    const end = this.#scan.ends[label] as number;
    cursor.enter(start, end, locals);
    this.#begin();
    this.#lastLabel = label;
    let roundCost = 0;
    let exitCost = 0;
    let repeatsAt = 0;
    while (!cursor.done) {
      cursor.next();
      roundCost += costOf(cursor.op);
      const fits = cursor.op === OP.LOOP ? nests && this.#loop(locals) : this.#step(cursor.op);
      const longest = this.#inner.length > 0 ? MAX_NEST_BYTES : MAX_FORKED_BYTES;
      if (!fits || this.#forks > (end - start > longest ? 1 : MAX_FORKS)) return undefined;
      if (this.#forks > 0 && exitCost === 0) exitCost = roundCost;
      if (this.#round !== undefined && repeatsAt === 0) repeatsAt = cursor.position;
    }
    const round = this.#round;
    if (round === undefined || !this.#inner.every((inner) => isSteady(inner, round))) return undefined;
    const testsLast = this.#forks === 0 && !this.#repeatsAlways && repeatsAt === end;
    // Behind the branch back stands the `end` of the label whose code is skipped at last.
    const testsFirst = this.#forks === 1 && this.#repeatsAlways && repeatsAt === end - 1;
    const mayLeave = this.#leaves || this.#inner.length > 0 || !(testsLast || testsFirst);
    return countRounds(round, { roundCost, exitCost, testsLast, mayLeave, inner: this.#inner });
  }

  #begin(): void {
    this.#inner = [];
    this.#stack.length = 0;
    this.#labels.length = 0;
    if (this.#isShared || this.#locals.size > 0) this.#locals = new Map();
    this.#isShared = false;
    this.#conditions = [];
    this.#reachable = true;
    this.#forks = 0;
    this.#leaves = false;
    this.#round = undefined;
    this.#repeatsAlways = false;
  }

  /** Runs an instruction. Returns false for one that a counted loop may not have. */
  #step(op: number): boolean {
    switch (op) {
      case OP.BLOCK:
      case OP.IF:
        return this.#open(op);
      case OP.ELSE:
        return this.#else();
      case OP.END:
        return this.#end();
      case OP.TRY:
      case OP.TRY_TABLE:
        return false;
    }
    if (!this.#reachable) return true;
    switch (op) {
      case OP.BR_IF:
        return this.#conditional();
      case OP.BR:
        return this.#branch();
      case OP.RETURN:
      case OP.UNREACHABLE:
        return this.#leave();
    }
    return this.#compute(op);
  }

  #compute(op: number): boolean {
    const stack = this.#stack;
    const local = this.#cursor.first;
    switch (op) {
      case OP.LOCAL_GET:
        stack.push(localIn(this.#locals, local));
        return true;
      case OP.LOCAL_SET:
        this.#set(local, stack.pop());
        return true;
      case OP.LOCAL_TEE:
        this.#set(local, stack.at(-1));
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

  /** Reads a loop within the round, in terms of the start of the round, and passes over it. */
  #loop(locals: number): boolean {
    const cursor = this.#cursor;
    const { at, position } = cursor;
    const label = ++this.#lastLabel;
    if (!this.#reachable || this.#source[cursor.operands] !== NO_RESULT) return false;
    const nested = (this.#nested ??= new LoopReader(this.#source, this.#spaces, this.#scan));
    const loop = nested.#read(position, label, locals, false);
    if (loop === undefined || loop.stepLocal >= 0) return false;
    const tested = this.#substitute(loop.tested);
    const bound = this.#substitute(loop.bound);
    if (tested?.kind !== 'linear' || bound?.kind !== 'linear') return false;
    const end = this.#scan.ends[label] as number;
    this.#inner.push({ ...loop, tested, bound, start: at, end });
    this.#passOver();
    return true;
  }

  #substitute({ local, plus, offset }: Linear): Value {
    let value: Value = constant(offset);
    if (local >= 0) value = sum(localIn(this.#locals, local), value, false);
    if (plus >= 0) value = sum(value, localIn(this.#locals, plus), false);
    return value;
  }

  /** Passes over a loop. Locals that it sets are unknown behind it, and at every early exit. */
  #passOver(): void {
    const cursor = this.#cursor;
    const exits: number[] = [];
    let depth = 0;
    while (depth >= 0) {
      cursor.next();
      switch (cursor.op) {
        case OP.BLOCK:
        case OP.IF:
          this.#lastLabel++;
          depth++;
          break;
        case OP.END:
          depth--;
          break;
        case OP.LOCAL_SET:
        case OP.LOCAL_TEE:
          this.#set(cursor.first, undefined);
          break;
        case OP.BR:
        case OP.BR_IF:
          if (cursor.first > depth) exits.push(cursor.first - depth - 1);
          break;
        case OP.RETURN:
        case OP.UNREACHABLE:
          this.#leaves = true;
      }
    }
    for (const distance of exits) this.#edge(distance);
  }

  #open(op: number): boolean {
    this.#lastLabel++;
    if (this.#source[this.#cursor.operands] !== NO_RESULT) return false;
    const tests = op === OP.IF && this.#reachable;
    const condition = tests ? this.#stack.pop() : undefined;
    const label: Label = { height: this.#stack.length, otherwise: undefined, exit: undefined };
    this.#labels.push(label);
    if (!tests) return true;
    this.#forks++;
    label.otherwise = this.#known(negate(condition));
    this.#assume(condition);
    return true;
  }

  #else(): boolean {
    const label = this.#labels.at(-1) as Label;
    this.#forks++;
    if (this.#reachable) label.exit = join(label.exit, this.#known());
    this.#goOn(label.otherwise, label);
    label.otherwise = undefined;
    return true;
  }

  #end(): boolean {
    const label = this.#labels.pop() as Label;
    let { exit } = label;
    if (label.otherwise !== undefined) exit = join(exit, label.otherwise);
    if (this.#reachable) exit = join(exit, this.#known());
    this.#goOn(exit, label);
    return true;
  }

  #conditional(): boolean {
    const condition = this.#stack.pop();
    const fits = this.#edge(this.#cursor.first, condition);
    this.#assume(negate(condition));
    return fits;
  }

  #branch(): boolean {
    this.#repeatsAlways = this.#cursor.first === this.#labels.length;
    this.#reachable = false;
    return this.#edge(this.#cursor.first);
  }

  #leave(): boolean {
    this.#leaves = true;
    this.#reachable = false;
    return true;
  }

  /** Follows a branch. Returns false if it goes back to the start, and is not the first to do so. */
  #edge(distance: number, condition?: Value): boolean {
    const label = this.#labels.at(-1 - distance);
    if (distance > this.#labels.length) this.#leaves = true;
    else if (label !== undefined) {
      this.#forks++;
      label.exit = join(label.exit, this.#known(condition));
    } else if (this.#round !== undefined) return false;
    else this.#round = this.#known(condition);
    return true;
  }

  #set(local: number, value: Value): void {
    if (this.#isShared) this.#locals = new Map(this.#locals);
    this.#isShared = false;
    this.#locals.set(local, value);
  }

  #assume(condition: Value): void {
    if (condition !== undefined && this.#conditions.length < MAX_CONDITIONS) this.#conditions.push(condition);
  }

  /** Returns the state here, in which `condition` holds: it is the first to count by. */
  #known(condition?: Value): Round {
    const conditions: Condition[] = condition === undefined ? [] : [condition];
    this.#isShared = true;
    return { locals: this.#locals, conditions: conditions.concat(this.#conditions) };
  }

  /** Goes on behind a label with the values known there, if control can reach it. */
  #goOn(round: Round | undefined, { height }: Label): void {
    this.#stack.length = height;
    this.#reachable = round !== undefined;
    if (round === undefined) return;
    this.#locals = round.locals;
    this.#isShared = true;
    this.#conditions = [...round.conditions];
  }
}

/** Returns true if a loop inside has as many rounds in every round of the loop around it. */
function isSteady(loop: NestedLoop, { locals }: Round): boolean {
  const { tested, bound } = loop;
  if (costOfAll(loop) !== undefined) return true;
  return [tested.local, tested.plus, bound.local, bound.plus].every(
    (local) => local < 0 || isUnchanged(locals, local),
  );
}

/** Returns the facts that hold in both states. */
function join(one: Round | undefined, other: Round): Round {
  if (one === undefined) return other;
  const locals = new Map<number, Value>();
  for (const local of [...one.locals.keys(), ...other.locals.keys()]) {
    const value = localIn(one.locals, local);
    locals.set(local, isSame(value, localIn(other.locals, local)) ? value : undefined);
  }
  return { locals, conditions: one.conditions.filter((condition) => other.conditions.includes(condition)) };
}

function isSame(one: Value, other: Value): boolean {
  if (one?.kind !== 'linear' || other?.kind !== 'linear') return one === other;
  return one.local === other.local && one.plus === other.plus && one.offset === other.offset;
}
