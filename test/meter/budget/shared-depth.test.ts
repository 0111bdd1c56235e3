import { describe, expect, it } from 'vitest';
import { createSharedDepth } from '../../../engine/src/meter/budget/shared-depth.js';

type Get = () => number;
type Set = (depth: number) => void;

describe('createSharedDepth()', () => {
  it('begins at 0, keeps what is set, and shares it with no other', () => {
    const [one, other] = [createSharedDepth(), createSharedDepth()];
    expect((one.get as Get)()).toBe(0);
    (one.set as Set)(7);
    expect([(one.get as Get)(), (other.get as Get)()]).toEqual([7, 0]);
  });

  it('consists of functions that a table takes', () => {
    const { set, get } = createSharedDepth();
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: 2 });
    table.set(0, set);
    table.set(1, get);
    expect(table.get(0)).toBe(set);
  });
});
