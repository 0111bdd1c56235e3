import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type EngineOptions, type Instance, type Plugin } from '@wasm-plugin/engine';
import { wasm } from '#internals';
import { afterEach, describe, expect, it } from 'vitest';
import { engineTarget, runComponentSuite, type ComponentTarget } from '../conformance/component/index.js';
import { NO_DATA, suiteFolder } from '../conformance/suite/index.js';
import { refuseInstances } from '../support/refuse-instances.js';

const TWO = `(component
  (import "note" (func $note (param "x" u32)))
  (core func $n (canon lower (func $note)))
  (core module $a (import "" "note" (func $note (param i32)))
    (func (export "f") (result i32) (i32.const 7)))
  (core module $b (import "a" "f" (func $f (result i32))) (import "" "note" (func $note (param i32)))
    (memory (export "m") 1)
    (func $s (call $note (call $f))) (start $s)
    (func (export "g") (result i32) (i32.add (call $f) (i32.const 1))))
  (core instance $i (export "note" (func $n)))
  (core instance $x (instantiate $a (with "" (instance $i))))
  (core instance $y (instantiate $b (with "a" (instance $x)) (with "" (instance $i))))
  (func (export "g") (result u32) (canon lift (core func $y "g"))))`;

const TRAPS =
  '(component (core module $m (func $s unreachable) (start $s)) (core instance (instantiate $m)))';

let allow = (): void => undefined;
afterEach(() => allow());

async function load(text: string, options: EngineOptions = {}): Promise<Plugin> {
  const plugin = await createEngine(options).load(await parse(text), { name: 'large' });
  allow = refuseInstances();
  return plugin;
}

const rejected = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("core modules that are too large for a page's main thread", () => {
  const LIMITS = [{}, { fuel: 1e6 }, { timeMs: 5000 }, { stackDepth: 100 }];

  it.each(LIMITS)('are no trap of the guest, and the error says what to do: %j', async (limits) => {
    const plugin = await load(TWO, { limits, imports: { note: () => undefined } });
    expect(() => plugin.instantiate()).toThrow(
      expect.objectContaining({
        code: 'WP_LINK',
        message:
          'Cannot link a core module: it is too large for the main thread of a page; use "instantiateAsync", or a worker',
      }),
    );
  });

  it.each(LIMITS)(
    'are awaited by instantiateAsync, start functions and limits as ever: %j',
    async (limits) => {
      const notes: unknown[] = [];
      const plugin = await load(TWO, {
        limits,
        imports: { note: (x: number) => notes.push(x) && undefined },
      });
      const instance = await plugin.instantiateAsync<{ g(): number }>();
      expect(notes).toEqual([7]);
      expect(instance.exports.g()).toBe(8);
      allow();
      const { fuelTotal, memoryBytes, linkBytes, hostCalls } = plugin.instantiate().usage();
      expect(notes).toEqual([7, 7]);
      const fresh = await plugin.instantiateAsync();
      expect(fresh.usage()).toMatchObject({ memoryBytes, linkBytes, hostCalls });
      expect(fresh.usage().fuelTotal).toBe(fuelTotal);
    },
  );

  it.each(LIMITS)('reject with what their start function traps with: %j', async (limits) => {
    const plugin = await load(TRAPS, { limits });
    let ends = 0;
    const error = await rejected(plugin.instantiateAsync({ onEnd: () => ends++ }));
    expect(error).toMatchObject({ code: 'WP_TRAP', plugin: 'large' });
    expect(ends).toBe(1);
  });

  it('count as alive while they are on their way', async () => {
    const plugin = await load(TWO, { limits: { instances: 1 }, imports: { note: () => undefined } });
    const first = plugin.instantiateAsync();
    expect(await rejected(plugin.instantiateAsync())).toMatchObject({ code: 'WP_QUOTA_INSTANCES', used: 2 });
    (await first).close();
    expect((await plugin.instantiateAsync()).state).toBe('ready');
  });

  it('are closed with the plugin while they are on their way', async () => {
    const plugin = await load(TWO, { imports: { note: () => undefined } });
    let ends = 0;
    const first = plugin.instantiateAsync({ onEnd: () => ends++ });
    plugin.close();
    expect(await rejected(first)).toMatchObject({ code: 'WP_CLOSED' });
    expect(ends).toBe(1);
  });

  it('are run by plugin hosts', async () => {
    const engine = createEngine();
    const bytes = await parse(TWO);
    const files = { read: async () => bytes } as never;
    const source = { id: 'large', version: '1.0.0', entry: 'plugin.wasm', files };
    const plugin = await wasm(engine, { owns: true }).load(source, { limits: engine.limits });
    allow = refuseInstances();
    const instance = await plugin.instantiate({ imports: { note: () => undefined } });
    expect((instance.exports['g'] as () => number)()).toBe(8);
  });
});

/** Instances whose core modules all have to be awaited. */
function awaitingTarget(): ComponentTarget {
  const target = engineTarget('generated');
  return {
    ...target,
    name: 'awaiting',
    async instantiate(compiled, imports): Promise<Instance> {
      const stop = refuseInstances();
      try {
        return await (compiled as Plugin).instantiateAsync({ imports });
      } finally {
        stop();
      }
    },
  };
}

const missing = suiteFolder('component') === undefined ? NO_DATA : false;

describe(`the conformance scripts, awaited${missing === false ? '' : ` (skipped: ${missing})`}`, () => {
  it.skipIf(missing)('end as they do at once', async () => {
    const selects = (name: string): boolean => name.startsWith('linking/') || name.startsWith('resources/');
    const results = await runComponentSuite([engineTarget('generated'), awaitingTarget()], selects);
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(200);
  });
});
