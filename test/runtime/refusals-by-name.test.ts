import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import type { Limits } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

const WAYS: [string, Limits][] = [
  ['unmetered', {}],
  ['metered', { fuel: 1e6 }],
];

/** Loads a component with one core module. Returns the error of its refusal. */
async function refusalOf(core: string, limits: Limits): Promise<Error | undefined> {
  const bytes = await parse(`(component (core module ${core}))`);
  return await createEngine({ limits })
    .load(bytes)
    .then(
      () => undefined,
      (error: Error) => error,
    );
}

describe.each(WAYS)('a core module of a newer proposal, %s', (_, limits) => {
  it('loads with extended constant expressions, or is refused by their name and the Node.js that has them', async () => {
    const core = '(global i32 (i32.add (i32.const 1) (i32.const 2)))';
    const bytes = await parse(`(module ${core})`);
    const refusal = await refusalOf(core, limits);
    if (WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)) expect(refusal).toBeUndefined();
    else {
      expect(refusal).toMatchObject({ code: 'WP_MODULE_UNSUPPORTED' });
      expect(refusal?.message).toContain(
        'needs the proposal "extended constant expressions", which this JavaScript engine does not have; Node.js 22 and newer have it',
      );
    }
  });

  it('is refused by name: wide arithmetic', async () => {
    const refusal = await refusalOf(
      '(func (param i64 i64 i64 i64) (result i64 i64) local.get 0 local.get 1 local.get 2 local.get 3 i64.add128)',
      limits,
    );
    expect(refusal).toMatchObject({ code: 'WP_MODULE_UNSUPPORTED' });
    expect(refusal?.message).toContain('wide arithmetic');
  });

  it('is refused by name: stack switching', async () => {
    const refusal = await refusalOf('(type $f (func)) (type $c (cont $f))', limits);
    expect(refusal).toMatchObject({ code: 'WP_MODULE_UNSUPPORTED' });
    expect(refusal?.message).toContain('stack switching');
  });

  it('is refused by name: shared tables', async () => {
    const refusal = await refusalOf('(table shared 1 1 (ref null (shared func)))', limits);
    expect(refusal).toMatchObject({ code: 'WP_MODULE_UNSUPPORTED' });
    expect(refusal?.message).toContain('shared-everything threads');
  });
});

describe('a component of a newer edition', () => {
  it('is refused by name: nested package names', async () => {
    const engine = createEngine();
    const bytes = Buffer.from(await parse('(component (import "a:b-c/d" (instance)))'));
    bytes.write('a:b:c/d', bytes.indexOf('a:b-c/d'));
    await expect(engine.load(bytes)).rejects.toThrow('nested package names are not supported');
  });
});

describe('an exception that nothing catches', () => {
  it('is said to be one', async () => {
    const bytes = await parse(`(component
      (core module $m (tag $t) (func (export "run") (throw $t)))
      (core instance $i (instantiate $m))
      (func (export "run") (canon lift (core func $i "run"))))`);
    const instance = (await createEngine().load(bytes)).instantiate();
    expect(instance.exports['run']).toThrow(
      'the guest trapped: it threw an exception that nothing in it catches',
    );
  });
});
