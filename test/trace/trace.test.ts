import { readFileSync } from 'node:fs';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError, TrapError, type GuestFrame, type Limits } from '@wasm-plugin/abi';
import { createEngine, type EngineOptions, type Instance } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { wrapModule } from '../support/wrap-module.js';

const GUEST = `
(component
  (import "host" (func $host))
  (core func $core-host (canon lower (func $host)))
  (core module $first
    (func $boom (export "boom") (param i32)
      (if (i32.eqz (local.get 0)) (then unreachable))
      (call $boom (i32.sub (local.get 0) (i32.const 1)))))
  (core module $second
    (import "a" "boom" (func $boom (param i32)))
    (import "h" "host" (func $host))
    (func $middle (param i32) (call $boom (local.get 0)))
    (func $run (export "run") (call $middle (i32.const 2)))
    (func $inner-spin (loop $l (br $l)))
    (func $spin (export "spin") (call $inner-spin))
    (func $deep (export "deep") (call $deep) (call $deep))
    (func $ask (export "ask") (call $host)))
  (core instance $a (instantiate $first))
  (core instance $i (instantiate $second
    (with "a" (instance $a)) (with "h" (instance (export "host" (func $core-host))))))
  (func (export "run") (canon lift (core func $i "run")))
  (func (export "spin") (canon lift (core func $i "spin")))
  (func (export "deep") (canon lift (core func $i "deep")))
  (func (export "ask") (canon lift (core func $i "ask")))
)`;

const WAYS: [string, Limits][] = [
  ['unmetered', {}],
  ['metered', { fuel: 1e6 }],
];

async function failureOf(
  bytes: Uint8Array,
  name: string,
  options: EngineOptions = {},
): Promise<PluginError & { instance: Instance }> {
  const imports = {
    host: () => {
      throw new Error('ouch');
    },
  };
  const plugin = await createEngine({ imports, ...options }).load(bytes, { name: 'guest' });
  const instance = plugin.instantiate();
  try {
    (instance.exports[name] as () => void)();
  } catch (error) {
    if (error instanceof PluginError) return Object.assign(error, { instance });
    throw error;
  }
  throw new Error('nothing was thrown');
}

function names(trace: readonly GuestFrame[]): string[] {
  return trace.map((frame) => `${frame.module ?? ''}.${frame.function ?? ''}`);
}

/** A component whose only core module is `bytes`. */
function wrap(bytes: Uint8Array): Promise<Uint8Array> {
  return wrapModule(bytes, { run: '(param "a" s32)' });
}

describe.each(WAYS)('the trace of a guest that traps, %s', (_, limits) => {
  it('names functions, innermost first, across core modules', async () => {
    const error = await failureOf(await parse(GUEST), 'run', { limits });
    expect(error).toBeInstanceOf(TrapError);
    expect(names(error.trace)).toEqual([
      'first.boom',
      'first.boom',
      'first.boom',
      'second.middle',
      'second.run',
    ]);
    expect(error.trace.map(({ moduleIndex }) => moduleIndex)).toEqual([0, 0, 0, 1, 1]);
    expect(error.message).toBe(
      'Cannot finish the call: the guest trapped: unreachable, in "boom", called by "middle", called by "run"',
    );
    expect(error.stack).toContain(error.message);
  });

  it('gives offsets in the module as it was loaded', async () => {
    const bytes = await parse(GUEST);
    const { trace } = await failureOf(bytes, 'run', { limits });
    const opcodes = trace.map(({ offset, moduleIndex }) => moduleAt(bytes, moduleIndex)[offset]);
    expect(opcodes).toEqual([0x00, 0x10, 0x10, 0x10, 0x10]);
  });

  it('is there for a host import that throws, and for the end of the stack', async () => {
    const bytes = await parse(GUEST);
    const asked = await failureOf(bytes, 'ask', { limits });
    expect(asked).toMatchObject({ code: 'WP_TRAP_HOST' });
    expect(names(asked.trace)).toEqual(['second.ask']);
    const deep = await failureOf(bytes, 'deep', { limits: {} });
    expect(deep).toMatchObject({ code: 'WP_QUOTA_STACK' });
    expect(new Set(names(deep.trace))).toEqual(new Set(['second.deep']));
    expect(deep.message).toMatch(/, in "deep"$/);
  });

  it.each([4, 5])('names files and lines where the module has DWARF %s', async (version) => {
    const file = new URL(`fixtures/dwarf${version}.wasm`, import.meta.url);
    const bytes = await wrap(readFileSync(file));
    const plugin = await createEngine({ limits }).load(bytes);
    const instance = plugin.instantiate();
    expect(() => (instance.exports['run'] as (a: number) => void)(9)).toThrow(
      /in "explode" \(\S*explode\.c:5\), called by "run" \(\S*explode\.c:10\)$/,
    );
  });

  it('names files and lines of a source map', async () => {
    const map = JSON.stringify({ version: 3, sources: ['a.ts'], mappings: 'AAAA,+BACE,EACA' });
    for (const inline of [true, false]) {
      const url = inline ? `data:application/json,${encodeURIComponent(map)}` : 'guest.map';
      const core = await parse(`(module
        (func $run (export "run") (param i32) unreachable)
        (@custom "sourceMappingURL" "\\${hexLength(url)}${url}"))`);
      const asked: string[] = [];
      const sourceMapOf = (wanted: string): string => {
        asked.push(wanted);
        return map;
      };
      const plugin = await createEngine({ limits, sourceMapOf }).load(await wrap(core));
      expect(asked).toEqual([]);
      expect(() => (plugin.instantiate().exports['run'] as (a: number) => void)(1)).toThrow(
        /in "run" \(a\.ts:\d\)$/,
      );
      expect(asked).toEqual(inline ? [] : ['guest.map']);
    }
  });
});

describe('the trace of a quota', () => {
  it('names the function that used it up', async () => {
    const error = await failureOf(await parse(GUEST), 'spin', { limits: { fuel: 1000 } });
    expect(error).toMatchObject({ code: 'WP_QUOTA_FUEL', limit: 'fuel' });
    expect(names(error.trace)).toEqual(['second.inner-spin', 'second.spin']);
    expect(error.message).toMatch(/, in "inner-spin", called by "spin"$/);
  });
});

describe('names in a trace', () => {
  it('do nothing to a terminal, and cannot pass for frames', async () => {
    const evil = 'x\\1b[31m\\0a    at y (wasm://wasm/z~0-00000000:wasm-function[0]:0x1)';
    const core = await parse(
      `(module $evil (func (@name "${evil}") (export "run") (param i32) unreachable))`,
    );
    const plugin = await createEngine().load(await wrap(core));
    const instance = plugin.instantiate();
    try {
      (instance.exports['run'] as (a: number) => void)(1);
      expect.unreachable();
    } catch (error) {
      expect((error as TrapError).trace).toHaveLength(1);
      expect((error as TrapError).message).not.toContain('\n');
      expect((error as TrapError).message).toContain('\\u{1b}[31m');
    }
  });
});

/** The bytes of a core module of a component, in order: they start with the header of one. */
function moduleAt(bytes: Uint8Array, index: number): Uint8Array {
  let at = 0;
  for (let left = index; left >= 0; left--) {
    at = Buffer.from(bytes).indexOf(Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]), at + 1);
  }
  return bytes.subarray(at);
}

function hexLength(text: string): string {
  const { length } = text;
  if (length < 128) return length.toString(16).padStart(2, '0');
  return `${((length & 0x7f) | 0x80).toString(16)}\\${(length >> 7).toString(16).padStart(2, '0')}`;
}
