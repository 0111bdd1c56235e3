import { afterAll, describe, expect, it } from 'vitest';
import { missing, NOT_IN_V8, testPlan, V8 } from './proposal-modules.js';

afterAll(() => {
  for (const [family, count] of Object.entries(missing())) {
    console.log(`${count} random modules not run: V8 ${V8} does not know all they use of ${family}`);
  }
});

describe('random modules of the later proposals', () => {
  it('are all run, but for those that this V8 does not know', () => {
    expect(missing()).toEqual(NOT_IN_V8[V8] ?? {});
  });

  // The other plan: `proposals.long.test.ts`.
  testPlan('everything');
});
