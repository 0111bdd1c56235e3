import { describe, it } from 'vitest';
import { COMPARISONS, expectSame, forks, nests, shapes, unboundedNests, uncounted } from './loop-shapes.js';

describe('a counted loop', () => {
  for (const [name, op] of Object.entries(COMPARISONS)) {
    for (const step of [1, 3, -1, -7, 'local'] as const) {
      it(`burns what the reference burns: ${name}, step ${step}`, () => {
        for (const [shape, loop] of Object.entries(shapes(op, step))) expectSame(shape, loop, step);
      });
    }
    for (const step of [1, 'local'] as const) {
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
});
