import { describe, expect, it } from 'vitest';
import type { BodyWriter } from '../../../engine/src/meter/code/index.js';
import {
  BRANCH_HINT_SECTION,
  GuestHints,
  HintSection,
} from '../../../engine/src/meter/sections/branch-hints.js';

const sectionOf = (...bytes: number[]) => ({
  customs: [{ name: BRANCH_HINT_SECTION, bytes: new Uint8Array(bytes), after: 3 }],
});

/** Carries the hints of function 5, whose body starts at 100, at some offsets; its new code is 7 bytes long each time. */
function carried(hints: GuestHints, ...offsets: number[]): number[] {
  const writer = { hints: [] as number[], code: { length: 7 } };
  hints.enter(5, 100);
  for (const offset of offsets) hints.carry(writer as unknown as BodyWriter, offset);
  return writer.hints;
}

describe('GuestHints', () => {
  it('carries a hint to where its branch goes', () => {
    const hints = new GuestHints(sectionOf(1, 5, 2, 3, 1, 0, 9, 1, 1));
    expect(carried(hints, 102, 103, 109)).toEqual([7, 0, 7, 1]);
  });

  it.each([
    ['in no section', { customs: [] }],
    ['of another function', sectionOf(1, 4, 1, 3, 1, 0)],
    ['of another value', sectionOf(1, 5, 1, 3, 1, 2)],
    ['in a section that is cut off', sectionOf(2, 5, 1, 3, 1, 0)],
    ['in a section that counts too many', sectionOf(255, 255, 255, 255, 15)],
  ])('knows no hints %s', (_, module) => {
    expect(carried(new GuestHints(module), 103)).toEqual([]);
  });
});

describe('HintSection', () => {
  it('writes the hints of each function, behind its locals', () => {
    const section = new HintSection();
    section.add(5, [1, 0, 7, 1], 2);
    section.add(6, [], 2);
    section.add(300, [0, 0], 1);
    expect([...(section.finish()?.bytes ?? [])]).toEqual([2, 5, 2, 3, 1, 0, 9, 1, 1, 0xac, 2, 1, 1, 1, 0]);
  });

  it('is none without hints', () => {
    expect(new HintSection().finish()).toBeUndefined();
  });
});
