import { describe, expect, it } from 'vitest';
import { metered } from '../run-metered.js';
import { functionModule, I32 } from '../wasm-builder.js';
import { COMPARISONS, expectSame, forks, nests, shapes, unboundedNests, uncounted } from './loop-shapes.js';

describe('a counted loop', () => {
  // Other steps: loop-reader.long.test.ts
  for (const [name, op] of Object.entries(COMPARISONS)) {
    for (const step of [4] as const) {
      it(`burns what the reference burns: ${name}, step ${step}`, () => {
        for (const [shape, loop] of Object.entries(shapes(op, step))) expectSame(shape, loop, step);
      });
    }
    for (const step of [-3] as const) {
      it(`burns what the reference burns, whichever way a round goes: ${name}, step ${step}`, () => {
        const loops = { ...forks(op, step), ...uncounted(op, step) };
        for (const [shape, loop] of Object.entries(loops)) expectSame(shape, loop, step);
      });
      it(`burns what the reference burns, around other loops: ${name}, step ${step}`, () => {
        const loops = { ...nests(op, step), ...unboundedNests(op, step) };
        for (const [shape, loop] of Object.entries(loops)) expectSame(shape, loop, step);
      });
    }
  }

  it('is recognized in every shape', () => {
    for (const [name, step] of [
      ['lt_u', 1],
      ['lt_s', 1],
      ['gt_u', -1],
      ['gt_s', -1],
    ] as const) {
      const op = COMPARISONS[name] as number;
      for (const [shape, loop] of Object.entries({ ...shapes(op, step), ...forks(op, step) })) {
        const binary = functionModule({ params: [I32, I32, I32, I32], results: [] }, [I32], loop);
        if (shape === 'against zero') continue;
        expect([name, shape, metered(binary).stats.loopsHoisted]).toEqual([
          name,
          shape,
          shape === 'bound first' ? 0 : 1,
        ]);
      }
    }
  });

  it('is written without checks around other loops', () => {
    const hoisted = (loop: number[]) =>
      metered(functionModule({ params: [I32, I32, I32, I32], results: [] }, [I32, I32], loop)).stats
        .loopsHoisted;
    const op = COMPARISONS['lt_u'] as number;
    for (const [shape, loop] of Object.entries(nests(op, 1))) {
      expect([shape, hoisted(loop)]).toEqual([shape, shape === 'around two loops' ? 4 : 2]);
    }
    for (const [shape, loop] of Object.entries(unboundedNests(op, 1))) {
      expect([shape, hoisted(loop)]).toEqual([shape, 1]);
    }
  });

  it('is not taken for one where it does not step, or test, in every round', () => {
    for (const [shape, loop] of Object.entries(uncounted(COMPARISONS['lt_u'] as number, 1))) {
      const binary = functionModule({ params: [I32, I32, I32, I32], results: [] }, [I32], loop);
      expect([shape, metered(binary).stats.loopsHoisted]).toEqual([shape, 0]);
    }
  });
});
