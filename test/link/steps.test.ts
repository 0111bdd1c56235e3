import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { awaitSteps, isForPromisesOnly, takeSteps, type Steps } from '../../engine/src/link/steps.js';

const MODULE = new WebAssembly.Module(
  new Uint8Array(await parse('(module (import "" "f" (func)) (export "f" (func 0)))')),
);

/** Starts the module twice, the second time with the exports of the first; notes the errors of instantiation. */
function* twice(imports: WebAssembly.Imports): Steps<string> {
  try {
    const first = yield { module: MODULE, imports };
    const second = yield { module: MODULE, imports: { '': { f: first.exports['f'] as () => void } } };
    return Object.keys(second.exports).join();
  } catch (error) {
    return (error as Error).name;
  }
}

const GIVEN = { '': { f: () => undefined } };

describe('takeSteps() and awaitSteps()', () => {
  it('go on with each instance', async () => {
    expect(takeSteps(twice(GIVEN))).toBe('f');
    expect(await awaitSteps(twice(GIVEN))).toBe('f');
  });

  it('go on with what instantiating threw', async () => {
    expect(takeSteps(twice({}))).toBe('TypeError');
    expect(await awaitSteps(twice({ '': {} }))).toBe('LinkError');
  });

  it('throw what a step throws', async () => {
    // oxlint-disable-next-line require-yield -- it throws before its first step
    function* failing(): Steps<string> {
      throw new Error('no');
    }
    expect(() => takeSteps(failing())).toThrow('no');
    await expect(awaitSteps(failing())).rejects.toThrow('no');
  });
});

describe('isForPromisesOnly()', () => {
  it("knows Chromium's refusal of a large module on a page's main thread", () => {
    const text =
      'WebAssembly.Instance is disallowed on the main thread, if the buffer size is larger than 8MB';
    expect(isForPromisesOnly(new RangeError(text))).toBe(true);
    expect([new TypeError(text), new RangeError('out of memory'), text].map(isForPromisesOnly)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
