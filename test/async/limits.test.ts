import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import type { Limits } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { BACKENDS, type BackendName } from '../support/guest.js';

/** Yields for ever: each time it burns a little fuel, and calls the host. */
const YIELDING = `(component
  (import "tick" (func $tick async))
  (core func $ret (canon task.return))
  (core func $lowered (canon lower (func $tick) async))
  (core module $m
    (import "" "ret" (func $ret))
    (import "" "tick" (func $tick (result i32)))
    (func $again (result i32) (local i32)
      (local.set 0 (i32.const 100))
      (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (drop (call $tick))
      (i32.const 1))
    (func (export "run") (result i32) (call $again))
    (func (export "linger") (result i32) (call $ret) (call $again))
    (func (export "callback") (param i32 i32 i32) (result i32) (call $again)))
  (core instance $i (instantiate $m (with "" (instance
    (export "ret" (func $ret)) (export "tick" (func $lowered))))))
  (func (export "run") async (canon lift (core func $i "run") async (callback (core func $i "callback"))))
  (func (export "linger") async (canon lift (core func $i "linger") async (callback (core func $i "callback")))))`;

type Exports = { run(): Promise<void>; linger(): Promise<void> };

async function start(
  backend: BackendName,
  limits: Limits,
  tick: () => unknown = () => undefined,
): Promise<Instance<Exports>> {
  const engine = createEngine({ backend, limits, imports: { tick } });
  return (await engine.load(await parse(YIELDING))).instantiate<Exports>();
}

describe.each(BACKENDS)('limits of a call hold over its steps, %s', (backend) => {
  it.each<[string, Limits, string]>([
    ['fuel', { fuel: 50_000 }, 'WP_QUOTA_FUEL'],
    ['time', { timeMs: 30 }, 'WP_QUOTA_TIME'],
    ['the time with all that it waits for', { wallMs: 30 }, 'WP_QUOTA_WALL'],
    ['calls of the host', { hostCalls: 200 }, 'WP_QUOTA_HOST'],
  ])('%s', async (_, limits, code) => {
    const instance = await start(backend, limits);
    await expect(instance.exports.run()).rejects.toMatchObject({ code });
    expect(instance.state).toBe('dead');
  });

  it('the error is about the whole limit', async () => {
    const instance = await start(backend, { fuel: 50_000 });
    await expect(instance.exports.run()).rejects.toMatchObject({ limit: 'fuel', allowed: 50_000 });
  });

  it('also for what goes on after the function has returned', async () => {
    const instance = await start(backend, { fuel: 50_000 });
    await instance.exports.linger();
    while (instance.state === 'ready') await new Promise((resolve) => setImmediate(resolve));
    expect(instance.death).toMatchObject({ code: 'WP_QUOTA_FUEL' });
  });

  it('a call that waits for the host uses none, but time', async () => {
    const instance = await start(backend, { wallMs: 40, fuel: 50_000 }, () => new Promise(() => undefined));
    await expect(instance.exports.run()).rejects.toMatchObject({ code: expect.stringMatching(/WALL|FUEL/) });
  });
});

describe.each(BACKENDS)('a task that only yields, %s', (backend) => {
  it('does not starve its host, and is ended by closing the instance', async () => {
    let calls = 0;
    const instance = await start(backend, {}, () => void calls++);
    const running = instance.exports.run();
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    expect(calls).toBeGreaterThan(0);
    instance.close();
    await expect(running).rejects.toMatchObject({ code: 'WP_CLOSED' });
    const atEnd = calls;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(calls).toBe(atEnd);
  });
});
