import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hostTokens } from './host-tokens.js';
import { subjects } from './subjects.js';
import type { Exports } from './transpile.js';

const VALUES = readFileSync(new URL('../../plugins-rust/build/values.wasm', import.meta.url));
const imports = {
  'wasm-plugin:values/echo': new Proxy({}, { get: () => () => undefined }),
  'wasm-plugin:values/tokens': hostTokens(),
};

/** Describes the exports as a program sees them: names, kinds, members. */
function shapeOf(exports: Exports): unknown {
  return Object.fromEntries(
    Object.keys(exports)
      .sort()
      .map((name) => [
        name,
        Object.entries(exports[name] as object)
          .sort(byName)
          .map(memberOf),
      ]),
  );
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

// Not compared: `Symbol.dispose`, which jco gives to each object and we give to the class.
function memberOf([name, value]: [string, unknown]): unknown {
  if (typeof value !== 'function' || !/^[A-Z]/.test(name)) return `${name}: ${typeof value}`;
  const { prototype } = value as unknown as { prototype: object };
  return {
    class: name,
    calledItself: value.name,
    statics: Object.getOwnPropertyNames(value).filter(
      (key) => !['length', 'name', 'prototype'].includes(key),
    ),
    methods: Object.getOwnPropertyNames(prototype).sort(),
  };
}

describe('names, against jco', () => {
  it('gives interfaces, aliases, functions, classes and members the same names', async () => {
    const [generated, composed, jco] = await subjects(VALUES, () => imports);
    expect(shapeOf(generated?.exports as Exports)).toEqual(shapeOf(jco?.exports as Exports));
    expect(shapeOf(composed?.exports as Exports)).toEqual(shapeOf(jco?.exports as Exports));
  });

  it('gives an interface and its alias as one object', async () => {
    for (const { exports } of await subjects(VALUES, () => imports)) {
      expect(exports['tokenCalls']).toBe(exports['wasm-plugin:values/token-calls@0.1.0']);
    }
  });
});
