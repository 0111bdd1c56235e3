import { TrapError } from '@wasm-plugin/abi';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { abiTrap, badValue, uncatchable } from '../../engine/src/canonical/traps.js';

describe('abiTrap() and badValue()', () => {
  it('are traps of the canonical ABI with their reason', () => {
    for (const error of [abiTrap('it lies'), badValue('it lies')]) {
      expect(error).toBeInstanceOf(TrapError);
      expect(error).toMatchObject({
        code: 'WP_TRAP_ABI',
        reason: 'it lies',
        message: 'Cannot go on with the instance: it lies',
        name: 'TrapError',
      });
    }
  });

  it('can say in which place the value was', () => {
    const error = badValue('it lies');
    expect(error.at('the result of "f"', 'eq')).toMatchObject({
      reason: 'it lies, in the result of "f"',
      plugin: 'eq',
      cause: error,
    });
  });
});

describe('uncatchable()', () => {
  it('is a trap of the engine with its cause, a new one each time', () => {
    const [one, other] = [uncatchable('a'), uncatchable('b')];
    expect(one).toBeInstanceOf(WebAssembly.RuntimeError);
    expect([one.message, one.cause, other.cause]).toEqual(['unreachable', 'a', 'b']);
  });

  it('passes through a guest that catches everything', async () => {
    const bytes = new Uint8Array(
      await parse(`(module (import "" "f" (func $f))
      (func (export "run") (block call $f nop nop)))`),
    );
    // Makes it `try call $f catch_all end`, which the text parser does not know.
    const at = bytes.findIndex((byte, index) => byte === 0x02 && bytes[index + 2] === 0x10);
    bytes[at] = 0x06;
    bytes[at + 4] = 0x19;
    const run = (thrown: unknown): unknown => {
      const f = (): never => {
        throw thrown;
      };
      return (
        new WebAssembly.Instance(new WebAssembly.Module(bytes), { '': { f } }).exports['run'] as () => unknown
      )();
    };
    expect(() => run(new Error('caught'))).not.toThrow();
    const trap = uncatchable('why');
    expect(() => run(trap)).toThrow(trap);
  });
});
