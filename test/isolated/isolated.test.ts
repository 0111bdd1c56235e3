import { readFileSync } from 'node:fs';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import type { Limits } from '@wasm-plugin/abi';
import {
  createEngine,
  type HostImports,
  type IsolatedEngine,
  type IsolatedInstance,
} from '@wasm-plugin/engine';
import { afterEach, describe, expect, it } from 'vitest';

const TYPES = readFileSync(new URL('../../plugins-rust/build/types.wasm', import.meta.url));
const GUEST = `
(component
  (import "ask" (func $ask (param "a" u32) (result u32)))
  (core func $core-ask (canon lower (func $ask)))
  (core module $m
    (import "host" "ask" (func $ask (param i32) (result i32)))
    (func (export "ask") (param i32) (result i32) (i32.mul (call $ask (local.get 0)) (i32.const 2)))
    (func $spin (export "spin") (loop (br 0)))
    (func $boom (export "boom") unreachable))
  (core instance $i (instantiate $m (with "host" (instance (export "ask" (func $core-ask))))))
  (func (export "ask") (param "a" u32) (result u32) (canon lift (core func $i "ask")))
  (func (export "spin") (canon lift (core func $i "spin")))
  (func (export "boom") (canon lift (core func $i "boom"))))`;

interface Guest {
  ask(a: number): Promise<number>;
  spin(): Promise<void>;
  boom(): Promise<void>;
}

let engine: IsolatedEngine;

afterEach(() => engine.close());

async function start(
  imports: HostImports,
  limits: Limits = {},
): Promise<{ instance: IsolatedInstance; guest: Guest }> {
  engine = createEngine({ isolation: 'worker', imports, limits });
  const instance = await (await engine.load(await parse(GUEST), { name: 'guest' })).instantiate();
  return { instance, guest: instance.exports as unknown as Guest };
}

const plusOne = { ask: (a: number): number => a + 1 };

describe('an instance in a thread of its own', () => {
  it('gives promises, and calls host imports of this thread', async () => {
    const { instance, guest } = await start(plusOne);
    expect(await Promise.all([guest.ask(1), guest.ask(2), guest.ask(3)])).toEqual([4, 6, 8]);
    expect(instance.usage()).toMatchObject({ hostCalls: 3 });
  });

  it('waits for host imports that give promises', async () => {
    const { guest } = await start({ ask: async (a: number) => await Promise.resolve(a + 10) });
    expect(await guest.ask(1)).toBe(22);
  });

  it('passes values of every plain type both ways', async () => {
    engine = createEngine({
      isolation: 'worker',
      imports: { 'wasm-plugin:types/host': { hostAdd: (a: number, b: number) => a + b } },
    });
    const { exports } = await (await engine.load(TYPES)).instantiate();
    const ops = exports['ops'] as Record<string, (...args: unknown[]) => Promise<unknown>>;
    expect(await ops['echo']?.('hé')).toBe('hé');
    expect(await ops['callHost']?.(3)).toBe(3);
  });

  it('dies of a trap with the same error as here', async () => {
    const { instance, guest } = await start(plusOne);
    const wanted = {
      code: 'WP_TRAP',
      plugin: 'guest',
      instanceUsable: false,
      message: 'Cannot finish the call: the guest trapped: unreachable, in "boom"',
    };
    await expect(guest.boom()).rejects.toMatchObject(wanted);
    expect(instance.state).toBe('dead');
    expect(instance.death?.trace[0]).toMatchObject({ function: 'boom', moduleIndex: 0 });
    await expect(guest.ask(1)).rejects.toBe(instance.death);
    expect(instance.usage()).toMatchObject({ hostCalls: 0 });
  });

  it('is held to the same quotas', async () => {
    const { guest } = await start(plusOne, { fuel: 1000 });
    await expect(guest.spin()).rejects.toMatchObject({
      code: 'WP_QUOTA_FUEL',
      limit: 'fuel',
      allowed: 1000,
      used: 1000,
    });
  });

  it('dies of a host import that throws, which is the cause', async () => {
    const cause = new Error('ouch');
    const { guest } = await start({
      ask: () => {
        throw cause;
      },
    });
    await expect(guest.ask(1)).rejects.toMatchObject({ code: 'WP_TRAP_HOST', cause });
  });

  it('is ended at its deadline though a host import never ends', async () => {
    const { instance, guest } = await start({ ask: () => new Promise(() => undefined) }, { wallMs: 50 });
    await expect(guest.ask(1)).rejects.toMatchObject({ code: 'WP_QUOTA_WALL', limit: 'wallMs', allowed: 50 });
    expect(instance.state).toBe('dead');
    expect(instance.usage()).toMatchObject({ hostCalls: 1 });
  });

  it('is not entered again by a host import that it waits for, at once or later', async () => {
    let again: (() => Promise<number>) | undefined = undefined;
    const asking: Promise<unknown>[] = [];
    const { guest } = await start({
      ask: async (a: number) => {
        if (a === 2) asking.push(again!().catch((error: unknown) => error));
        else if (a !== 3) return await new Promise(setImmediate).then(again);
        return a;
      },
    });
    again = () => guest.ask(3);
    const refused = { code: 'WP_TRAP_ABI', message: expect.stringContaining('may not call back into it') };
    expect(await guest.ask(2)).toBe(4);
    expect(await asking[0]).toMatchObject(refused);
    expect(await again()).toBe(6);
    await expect(guest.ask(1)).rejects.toMatchObject({ code: 'WP_TRAP_HOST', cause: refused });
  });

  it('is entered by what a host import has left behind, after its call', async () => {
    const later: Promise<number>[] = [];
    let answered = (): void => undefined;
    const whenAnswered = new Promise<void>((resolve) => (answered = resolve));
    const { guest } = await start({
      ask: (a: number) => {
        if (a === 1) later.push(whenAnswered.then(() => guest.ask(2)));
        return a;
      },
    });
    expect(await guest.ask(1)).toBe(2);
    answered();
    expect(await later[0]).toBe(4);
  });

  it('is not waited for in a circle of instances', async () => {
    const others: Record<string, Guest> = {};
    const pass = async (a: number): Promise<number> => (a === 0 ? 1 : await others[`${a}`]!.ask(a - 1));
    const { guest } = await start({ ask: pass });
    const plugin = await engine.load(await parse(GUEST));
    const [second, third] = [await plugin.instantiate(), await plugin.instantiate()].map(
      ({ exports }) => exports as unknown as Guest,
    );
    Object.assign(others, { 3: second, 2: third, 1: second });
    await expect(guest.ask(3)).rejects.toMatchObject({ code: 'WP_TRAP_HOST' });
    await expect(third!.ask(0)).rejects.toMatchObject({ code: 'WP_TRAP_HOST' });
    expect(await guest.ask(0).catch((error: { message: string }) => error.message)).toContain(
      'may not call back into it',
    );
  });

  it('refuses what cannot cross, and stays usable', async () => {
    const { instance, guest } = await start(plusOne);
    const value = new Date() as unknown as number;
    await expect(guest.ask(value)).rejects.toThrow(
      'Cannot pass the arguments of "ask" to another thread: it holds a resource',
    );
    expect(instance.state).toBe('ready');
    instance.close();
    await expect(guest.ask(1)).rejects.toMatchObject({ code: 'WP_CLOSED' });
    expect(instance.state).toBe('closed');
  });

  it('reports what is wrong with a component when it is loaded', async () => {
    engine = createEngine({ isolation: 'worker' });
    await expect(engine.load(new Uint8Array(8))).rejects.toMatchObject({
      code: 'WP_MODULE_MALFORMED',
      offset: 0,
    });
  });
});
