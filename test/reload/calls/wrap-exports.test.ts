import { describe, expect, it } from 'vitest';
import { functionAt, resourceIn, wrapExports } from '../../../engine/src/reload/calls/wrap-exports.js';
import type { Exports } from '../../../engine/src/reload/subject.js';

const Thing = class {
  readonly rep = 1;
};

describe('wrapExports()', () => {
  it('wraps functions, also in interfaces, with their path and length', () => {
    const seen: string[] = [];
    const ops = { add: (a: number, b: number) => a + b };
    const exports = { run: () => 1, 'a:b/ops@1.0.0': ops, ops, Thing, version: 3 };
    const wrapped = wrapExports(
      exports,
      (target, path) =>
        (...args) => (seen.push(path.join('#')), target(...args)),
    );
    const add = (wrapped['ops'] as typeof ops).add;
    expect([add(1, 2), (wrapped['run'] as () => number)(), add.length]).toEqual([3, 1, 2]);
    expect(seen).toEqual(['a:b/ops@1.0.0#add', 'run']);
    expect(wrapped['a:b/ops@1.0.0']).toBe(wrapped['ops']);
    expect([wrapped['Thing'], wrapped['version']]).toEqual([Thing, 3]);
  });
});

describe('resourceIn()', () => {
  it.each([
    [{ run: (): number => 1, ops: { add: (): number => 1 } }, undefined],
    [{ Thing }, 'Thing'],
    [{ run: (): number => 1, 'a:b/c': { none: null, Thing } }, 'a:b/c#Thing'],
  ])('of %o is %s', (exports: object, name) => {
    expect(resourceIn(exports as Exports)).toBe(name);
  });
});

describe('functionAt()', () => {
  const [add, run] = [(): number => 1, (): number => 2];
  const exports = { run, 'a:b/ops@1.2.0': { add } };

  it.each([
    [['run'], run],
    [['a:b/ops@1.2.0', 'add'], add],
    [['a:b/ops@1.1.0', 'add'], add],
    [['a:b/ops@2.0.0', 'add'], undefined],
    [['a:b/ops@1.2.0', 'sub'], undefined],
    [['run', 'add'], undefined],
    [['toString'], undefined],
    [['a:b/ops@1.2.0'], undefined],
  ])('of %j', (path, expected) => {
    expect(functionAt(exports, path)).toBe(expected);
  });
});
