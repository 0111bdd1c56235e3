import { OP } from '../../module/index.js';

/** `local + plus local + offset` as an i32, in terms of the locals at the start of a round; -1 for no local. */
export interface Linear {
  readonly kind: 'linear';
  readonly local: number;
  readonly plus: number;
  readonly offset: number;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly op: number;
  readonly left: Linear;
  readonly right: Linear;
}

export type Condition = Linear | Comparison;

/** Undefined if it is not known. */
export type Value = Condition | undefined;

/** A loop whose rounds can be counted, or at least bounded, before it starts. */
export interface CountedLoop {
  /** The local that counts. */
  readonly counter: number;
  /** The value that is compared first: the counter at the start, plus these. */
  readonly tested: Linear;
  /** The loop continues while `tested <op> bound` holds. */
  readonly op: number;
  readonly bound: Linear;
  /** The change of the counter in a round. If `stepLocal` is 0 or more, the value of that local takes its place. */
  readonly step: number;
  readonly stepLocal: number;
  /** The fuel of one round. */
  readonly roundCost: number;
  /** The fuel beyond the rounds: of the last test, if the test comes first in the loop. */
  readonly exitCost: number;
  /** True if the test comes last in the loop, so that the round in which it fails is a whole one. */
  readonly testsLast: boolean;
  /** True if the loop may end before its test fails. */
  readonly mayLeave: boolean;
  /** The loops inside, which cost beyond `roundCost`. */
  readonly inner: readonly NestedLoop[];
}

/** A loop inside another, in terms of the locals at the start of a round of that one; and where it stands. */
export type NestedLoop = CountedLoop & {
  /** Offsets in the source: of the loop, and of its `end`. */
  readonly start: number;
  readonly end: number;
};

export type Costs = Pick<CountedLoop, 'roundCost' | 'exitCost' | 'testsLast' | 'mayLeave' | 'inner'>;

/** Returns true if the number of rounds is known, not only a bound. */
export function isExact({ mayLeave, stepLocal }: CountedLoop): boolean {
  return !mayLeave && stepLocal < 0;
}

/** `i32` comparisons 0x46 to 0x4f: the negated one, and the one with swapped operands. */
const NEGATED = [0x47, 0x46, 0x4e, 0x4f, 0x4c, 0x4d, 0x4a, 0x4b, 0x48, 0x49];
const SWAPPED = [0x46, 0x47, 0x4a, 0x4b, 0x48, 0x49, 0x4e, 0x4f, 0x4c, 0x4d];

/** `offset` as a value. */
export function constant(offset: number): Linear {
  return { kind: 'linear', local: -1, plus: -1, offset: offset | 0 };
}

/** The locals at the end of a round that is followed by another, and the conditions that held in it. */
export interface Round {
  /** Unknown values are `undefined`; a local that is absent has its value from the start. */
  readonly locals: Map<number, Value>;
  readonly conditions: readonly Condition[];
}

/** Counts the rounds of a loop by the first of its conditions that can be counted by. */
export function countRounds(round: Round, costs: Costs): CountedLoop | undefined {
  for (const condition of round.conditions) {
    const { op, left, right }: Comparison =
      condition.kind === 'comparison'
        ? condition
        : { kind: 'comparison', op: OP.I32_NE, left: condition, right: constant(0) };
    const loop =
      countBy({ op, tested: left, bound: right }, round, costs) ??
      countBy({ op: SWAPPED[op - OP.I32_EQ] as number, tested: right, bound: left }, round, costs);
    if (loop !== undefined) return loop;
  }
  return undefined;
}

function countBy(
  { op, tested, bound }: Pick<CountedLoop, 'op' | 'tested' | 'bound'>,
  { locals }: Round,
  costs: Costs,
): CountedLoop | undefined {
  for (const counter of [tested.local, tested.plus]) {
    if (counter < 0) continue;
    const after = localIn(locals, counter);
    if (after?.kind !== 'linear') continue;
    const step = stepOf(after, counter);
    if (step === undefined || (step.local < 0 && step.offset === 0)) continue;
    const others = [tested.local, tested.plus, step.local, bound.local, bound.plus];
    if (bound.local === counter || bound.plus === counter || step.local === counter) continue;
    if (tested.local === counter && tested.plus === counter) continue;
    if (others.some((other) => other >= 0 && other !== counter && !isUnchanged(locals, other))) continue;
    const isUp = step.local >= 0 || step.offset > 0;
    const fits = op === OP.I32_NE || (isUp ? isLess(op) : isGreater(op));
    if (!fits || step.offset === -0x80000000) continue;
    if (op === OP.I32_NE && step.local >= 0) continue;
    return { counter, tested, op, bound, step: step.offset, stepLocal: step.local, ...costs };
  }
  return undefined;
}

/** Returns the value of a local, in terms of the start of the round. */
export function localIn(locals: ReadonlyMap<number, Value>, index: number): Value {
  if (locals.has(index)) return locals.get(index);
  return { kind: 'linear', local: index, plus: -1, offset: 0 };
}

/** Returns true if a local has the value that it had at the start. */
export function isUnchanged(locals: ReadonlyMap<number, Value>, index: number): boolean {
  const now = localIn(locals, index);
  return now?.kind === 'linear' && now.local === index && now.plus < 0 && now.offset === 0;
}

/** Returns the amount by which `after` exceeds the local: a constant or one other local. */
function stepOf(after: Linear, local: number): { local: number; offset: number } | undefined {
  const other = after.local === local ? after.plus : after.plus === local ? after.local : undefined;
  if (other === undefined || (other >= 0 && after.offset !== 0)) return undefined;
  return { local: other, offset: after.offset };
}

/** `left + right`, or `left - right`. */
export function sum(left: Value, right: Value, subtracts: boolean): Value {
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

/** Returns the condition that a value is 0. */
export function negate(value: Value): Value {
  if (value === undefined) return undefined;
  if (value.kind === 'linear') return { kind: 'comparison', op: OP.I32_EQ, left: value, right: constant(0) };
  return { ...value, op: NEGATED[value.op - OP.I32_EQ] as number };
}

/** The largest cost that is worked out ahead: costs are added up in 32 bits. */
const MAX_COST = 1 << 20;

/** Returns the fuel of a whole loop; `undefined` if it is not known ahead. */
export function costOfAll(loop: CountedLoop): number | undefined {
  const { tested, bound, op, roundCost, exitCost, testsLast } = loop;
  if (!isExact(loop) || tested.local >= 0 || bound.local >= 0) return undefined;
  const step = Math.abs(loop.step);
  const number = (value: number) => (isSigned(loop) ? value : value >>> 0);
  const [from, to] = [number(tested.offset), number(bound.offset)];
  const way = loop.step > 0 ? to - from : from - to;
  const rounds = isInclusive(loop) ? Math.floor(way / step) + 1 : Math.ceil(way / step);
  if (way < 0 || (op === OP.I32_NE && way % step !== 0)) return undefined;
  const last = from + Math.sign(loop.step) * step * rounds;
  const cost = rounds * roundCost + (testsLast ? roundCost : 0) + exitCost;
  return last === number(last | 0) && cost < MAX_COST ? cost : undefined;
}

/** Returns true if a loop counts upwards. */
export function rises({ stepLocal, step }: CountedLoop): boolean {
  return stepLocal >= 0 || step > 0;
}

/** Returns true if the test compares signed numbers. */
export function isSigned({ op }: CountedLoop): boolean {
  return op === OP.I32_LT_S || op === OP.I32_LE_S || op === OP.I32_GT_S || op === OP.I32_GE_S;
}

/** Returns true if the loop continues at the bound itself. */
export function isInclusive({ op }: CountedLoop): boolean {
  return op === OP.I32_LE_S || op === OP.I32_LE_U || op === OP.I32_GE_S || op === OP.I32_GE_U;
}

function isLess(op: number): boolean {
  return op === OP.I32_LT_S || op === OP.I32_LT_U || op === OP.I32_LE_S || op === OP.I32_LE_U;
}

function isGreater(op: number): boolean {
  return op === OP.I32_GT_S || op === OP.I32_GT_U || op === OP.I32_GE_S || op === OP.I32_GE_U;
}
