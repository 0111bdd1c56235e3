import { expect } from 'vitest';
import { referenceMeter, runReference } from '../reference-meter.js';
import { metered, runMetered } from '../run-metered.js';
import { functionModule, I32, signed } from '../wasm-builder.js';

const FUEL = 3000;

export const COMPARISONS: Record<string, number> = {
  ne: 0x47,
  lt_s: 0x48,
  lt_u: 0x49,
  gt_s: 0x4a,
  gt_u: 0x4b,
  le_s: 0x4c,
  le_u: 0x4d,
  ge_s: 0x4e,
  ge_u: 0x4f,
};

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const i32 = (value: number) => [0x41, ...signed(value)];
const ADD = 0x6a;
const work = [...get(2), ...get(0), 0x73, ...set(2)];

/** Loops over local 0 with local 1 as bound and local 2 as sum; `step` may be the local 3. */
export function shapes(op: number, step: number | 'local'): Record<string, number[]> {
  const stepCode = step === 'local' ? get(3) : i32(step);
  const advance = [...get(0), ...stepCode, ADD];
  return {
    'tested after the step': [0x03, 0x40, ...work, ...advance, ...tee(0), ...get(1), op, 0x0d, 0, 0x0b],
    'tested before the step': [
      0x03,
      0x40,
      ...get(0),
      ...get(1),
      op,
      ...set(4),
      ...work,
      ...advance,
      ...set(0),
      ...get(4),
      0x0d,
      0,
      0x0b,
    ],
    'bound first': [0x03, 0x40, ...work, ...get(1), ...advance, ...tee(0), op, 0x0d, 0, 0x0b],
    'tested on top': [
      0x03,
      0x40,
      ...get(0),
      ...get(1),
      op,
      0x04,
      0x40,
      ...work,
      ...advance,
      ...set(0),
      0x0c,
      1,
      0x0b,
      0x0b,
    ],
    'tested on top, negated': [
      0x03,
      0x40,
      ...get(0),
      ...get(1),
      op,
      0x45,
      0x45,
      0x04,
      0x40,
      ...work,
      ...advance,
      ...set(0),
      0x0c,
      1,
      0x0b,
      0x0b,
    ],
    'with an offset': [
      0x03,
      0x40,
      ...work,
      ...advance,
      ...set(0),
      ...get(0),
      ...i32(5),
      ADD,
      ...get(1),
      ...i32(2),
      ADD,
      op,
      0x0d,
      0,
      0x0b,
    ],
    'with a way out': [
      [0x02, 0x40, 0x03, 0x40],
      [...work, ...get(2), ...i32(0x7f), 0x71, ...i32(27), 0x46, 0x0d, 1],
      [...advance, ...tee(0), ...get(1), op, 0x0d, 0, 0x0b, 0x0b],
    ].flat(),
    'left by its count': [
      [0x02, 0x40, 0x03, 0x40],
      [...get(0), ...get(1), op, 0x45, 0x0d, 1],
      [...work, ...advance, ...set(0), ...get(2), ...i32(0x3f), 0x71, 0x0d, 0, 0x0b, 0x0b],
    ].flat(),
    'tested on top, with a way out': [
      [0x02, 0x40, 0x03, 0x40, ...get(0), ...get(1), op, 0x04, 0x40],
      [...work, ...get(2), ...i32(0x7f), 0x71, ...i32(27), 0x46, 0x0d, 2],
      [...advance, ...set(0), 0x0c, 1, 0x0b, 0x0b, 0x0b],
    ].flat(),
    'against zero': [0x03, 0x40, ...work, ...advance, ...tee(0), 0x0d, 0, 0x0b],
    'against a constant': [0x03, 0x40, ...work, ...advance, ...tee(0), ...i32(100), op, 0x0d, 0, 0x0b],
  };
}

/** The same with more than one way through a round. */
export function forks(op: number, step: number | 'local'): Record<string, number[]> {
  const advance = [...get(0), ...(step === 'local' ? get(3) : i32(step)), ADD];
  const odd = [...get(2), ...i32(1), 0x71];
  const rare = [...get(2), ...i32(0x3f), 0x71];
  const test = [...advance, ...tee(0), ...get(1), op, 0x0d, 0];
  return {
    'with a block': [0x03, 0x40, 0x02, 0x40, ...odd, 0x0d, 0, ...work, 0x0b, ...work, ...test, 0x0b],
    'with a choice': [
      [0x03, 0x40, ...work, ...odd, 0x04, 0x40, ...work, ...i32(7), ...set(4)],
      [0x05, ...work, ...i32(7), ...set(4), ...get(4), ...set(2), 0x0b, ...test, 0x0b],
    ].flat(),
    'left out of a block': [
      [0x02, 0x40, 0x03, 0x40, 0x02, 0x40, ...get(0), ...get(1), op, 0x0d, 0, ...work, 0x0c, 2, 0x0b],
      [...work, ...advance, ...set(0), ...rare, 0x0d, 0, 0x0b, 0x0b],
    ].flat(),
    'tested on top of a block': [
      [0x03, 0x40, 0x02, 0x40, ...get(0), ...get(1), op, 0x45, 0x0d, 0],
      [...work, ...advance, ...set(0), 0x0c, 1, 0x0b, 0x0b],
    ].flat(),
    'with an end that traps': [0x03, 0x40, ...rare, 0x45, 0x04, 0x40, 0x00, 0x0b, ...work, ...test, 0x0b],
  };
}

/** Loops that look much the same, but do not step, or test, in every round. */
export function uncounted(op: number, step: number | 'local'): Record<string, number[]> {
  const advance = [...get(0), ...(step === 'local' ? get(3) : i32(step)), ADD, ...set(0)];
  const odd = [...get(2), ...i32(1), 0x71];
  const goesOn = [...get(0), ...get(1), op];
  return {
    'steps in some rounds': [
      [0x03, 0x40, ...work, ...odd, 0x04, 0x40, ...advance, 0x0b, ...goesOn, 0x0d, 0, 0x0b],
    ].flat(),
    'steps by one amount or another': [
      [0x03, 0x40, ...advance, ...work, ...odd, 0x04, 0x40, ...advance, 0x0b, ...goesOn, 0x0d, 0, 0x0b],
    ].flat(),
    'is tested in some rounds': [
      [0x02, 0x40, 0x03, 0x40, ...work, ...advance, ...odd, 0x04, 0x40, ...goesOn, 0x45, 0x0d, 2, 0x0b],
      [...get(2), ...i32(0x7f), 0x71, 0x0d, 0, 0x0b, 0x0b],
    ].flat(),
    'starts over early': [0x03, 0x40, ...work, ...advance, ...odd, 0x0d, 0, ...goesOn, 0x0d, 0, 0x0b],
    'moves its bound in some rounds': [
      [0x03, 0x40, ...work, ...advance, ...odd, 0x04, 0x40, ...get(1), ...i32(1), ADD, ...set(1), 0x0b],
      [...goesOn, 0x0d, 0, 0x0b],
    ].flat(),
  };
}

/** The loop of local 4 with local 5 as bound; or with a number, or by another step. */
function innerLoop(bound: number[], { op = 0x47, step = 1, before = [] as number[] } = {}): number[] {
  return [
    0x03,
    0x40,
    ...work,
    ...before,
    ...get(4),
    ...i32(step),
    ADD,
    ...tee(4),
    ...bound,
    op,
    0x0d,
    0,
    0x0b,
  ];
}

/** Loops around counted loops that go on for as long each time. */
export function nests(op: number, step: number | 'local'): Record<string, number[]> {
  const advance = [...get(0), ...(step === 'local' ? get(3) : i32(step)), ADD];
  const test = [...work, ...advance, ...tee(0), ...get(1), op, 0x0d, 0, 0x0b];
  const odd = [...get(2), ...i32(1), 0x71];
  const from = (start: number) => [...i32(start), ...set(4)];
  const bounded = [...get(1), ...i32(15), 0x71, ...set(5)];
  const LT_U = 0x49;
  return {
    'around known rounds': [0x03, 0x40, ...from(3), ...innerLoop(i32(9)), ...test],
    'around known rounds, downwards': [0x03, 0x40, ...from(12), ...innerLoop(i32(0), { step: -4 }), ...test],
    'around known rounds, to less': [
      [0x03, 0x40, ...from(-5), ...innerLoop(i32(6), { op: 0x48, step: 3 }), ...test],
    ].flat(),
    'around known rounds, to at most': [
      [0x03, 0x40, ...from(0), ...innerLoop(i32(6), { op: 0x4d, step: 3 }), ...test],
    ].flat(),
    'around known rounds, none': [0x03, 0x40, ...from(9), ...innerLoop(i32(6), { op: LT_U }), ...test],
    'around known rounds, tested on top': [
      [0x03, 0x40, ...from(2), 0x03, 0x40, ...get(4), ...i32(7), LT_U, 0x04, 0x40, ...work],
      [...get(4), ...i32(1), ADD, ...set(4), 0x0c, 1, 0x0b, 0x0b, ...test],
    ].flat(),
    'around rounds that a local tells': [
      [...bounded, 0x03, 0x40, ...from(0), ...innerLoop(get(5), { op: LT_U }), ...test],
    ].flat(),
    'around rounds that may step over their end': [
      [...bounded, 0x03, 0x40, ...from(0), ...innerLoop(get(5), { step: 4 }), ...test],
    ].flat(),
    'around a loop that may end early': [
      [0x03, 0x40, 0x02, 0x40, ...from(0)],
      [...innerLoop(i32(9), { before: [...get(2), ...i32(7), 0x71, 0x45, 0x0d, 1] }), 0x0b, ...test],
    ].flat(),
    'around a loop that may end both': [
      [0x02, 0x40, 0x03, 0x40, ...from(0)],
      [...innerLoop(i32(9), { before: [...get(2), ...i32(127), 0x71, 0x45, 0x0d, 2] }), ...test, 0x0b],
    ].flat(),
    'around two loops': [
      [...bounded, 0x03, 0x40, ...odd, 0x04, 0x40, ...from(0), ...innerLoop(get(5), { op: LT_U })],
      [0x05, ...from(1), ...innerLoop(i32(4)), 0x0b, ...from(0), ...innerLoop(i32(2)), ...test],
    ].flat(),
  };
}

/** Loops around loops that do not go on for as long each time, or do more. */
export function unboundedNests(op: number, step: number | 'local'): Record<string, number[]> {
  const advance = [...get(0), ...(step === 'local' ? get(3) : i32(step)), ADD];
  const test = [...work, ...advance, ...tee(0), ...get(1), op, 0x0d, 0, 0x0b];
  const grow = (local: number) => [...get(local), ...i32(1), ADD, ...set(local)];
  const from0 = [...i32(0), ...set(4)];
  return {
    'whose bound grows': [0x03, 0x40, ...from0, ...grow(5), ...innerLoop(get(5)), ...test],
    'whose bound is the counter': [
      [
        0x03,
        0x40,
        ...from0,
        ...get(0),
        ...i32(7),
        0x71,
        ...set(5),
        ...innerLoop(get(5), { op: 0x49 }),
        ...test,
      ],
    ].flat(),
    'that go on from where they ended': [0x03, 0x40, ...grow(5), ...innerLoop(get(5)), ...test],
    'that hold the step': [
      [0x03, 0x40, ...from0, ...innerLoop(i32(2), { before: [...advance, ...set(0)] })],
      [...get(0), ...get(1), op, 0x0d, 0, 0x0b],
    ].flat(),
    'that move the bound': [0x03, 0x40, ...from0, ...innerLoop(i32(2), { before: grow(1) }), ...test],
  };
}

const STARTS = [0, 1, 90, 103, -4, -1, 0x7fffffff, 0x7ffffff0, -0x80000000];
const BOUNDS = [0, 1, 100, 101, -1, -3, 0x7fffffff, 0x7ffffffe, -0x80000000, -0x7fffffff];

/** Runs a loop from many starts to many bounds, metered and by the reference. */
export function expectSame(shape: string, loop: readonly number[], step: number | 'local'): void {
  const binary = functionModule(
    { params: [I32, I32, I32, I32], results: [I32] },
    [I32, I32],
    [...loop, ...get(2)],
  );
  const reference = new WebAssembly.Module(referenceMeter(binary));
  const module = metered(binary);
  for (const start of STARTS) {
    for (const bound of BOUNDS) {
      for (const by of step === 'local' ? [1, 16, 0, -2] : [0]) {
        const call = { name: 'f', arguments: [start, bound, 9, by], fuel: FUEL };
        const wanted = runReference(reference, call);
        const { end, fuel, results } = runMetered(module, call);
        const where = `${shape} from ${start} to ${bound} by ${by}`;
        expect([where, end, fuel, results[0]]).toEqual([where, wanted.end, wanted.fuel, wanted.result]);
        if (wanted.end !== 'ok') continue;
        const least = runMetered(module, { ...call, fuel: Math.max(0, wanted.fuel - 9) });
        const leastWanted = runReference(reference, { ...call, fuel: Math.max(0, wanted.fuel - 9) });
        expect([where, least.end]).toEqual([where, leastWanted.end]);
      }
    }
  }
}
