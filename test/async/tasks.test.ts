import { createEngine, type Instance } from '@wasm-plugin/engine';
import { afterEach, describe, expect, it } from 'vitest';
import { BACKENDS } from '../support/guest.js';
import { TASKS_HOST, tasksGuest, type Tasks } from './guests/index.js';

const GUESTS = ['tasks-unknown', 'tasks-wasip3'] as const;
const CASES = BACKENDS.flatMap((backend) => GUESTS.map((guest) => [guest, backend] as const));

/** Work that the guest has asked for and that is not done. */
const sleeping: (() => void)[] = [];

const HOST = {
  sleep: () => new Promise<void>((resolve) => sleeping.push(resolve)),
  get: async (key: string) => {
    if (key === 'bad') throw Object.assign(new Error('no'), { payload: 'no such key' });
    return `${key}=${key.length}`;
  },
};

let instance: Instance<Tasks & Record<string, unknown>>;

async function start([guest, backend]: (typeof CASES)[number], host: object = HOST): Promise<Tasks> {
  const engine = createEngine({ backend, imports: { [TASKS_HOST]: host } });
  instance = (await engine.load(tasksGuest(guest))).instantiate();
  return instance.exports;
}

/** Wakes everything that sleeps, until a promise is settled. */
async function waking<T>(promise: Promise<T>): Promise<T> {
  const settled = { yet: false };
  void promise.catch(() => undefined).then(() => (settled.yet = true));
  while (!settled.yet) {
    for (const wake of sleeping.splice(0)) wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return promise;
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += Buffer.from(chunk).toString();
  return text;
}

afterEach(() => {
  // Nothing is left over in the table of the guest.
  if (instance.state === 'ready') expect(instance.usage().handles).toBe(0);
  sleeping.length = 0;
});

describe.each(CASES)('async functions of %s, %s', (...args) => {
  it('give promises; functions that are not async stay as they are', async () => {
    const tasks = await start(args);
    expect(tasks.bump()).toBe(1);
    const added = tasks.add(2, 3);
    expect(added).toBeInstanceOf(Promise);
    expect(tasks.bump()).toBe(2);
    expect(await waking(added)).toBe(5);
  });

  it('overlap', async () => {
    const tasks = await start(args);
    const all = Array.from({ length: 50 }, (_, index) => tasks.add(index, 1));
    expect(sleeping).toHaveLength(50);
    expect(await waking(Promise.all(all))).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('take promises of the host, and its errors', async () => {
    const tasks = await start(args);
    expect(await tasks.gather(['a', 'bb'])).toBe('a=1 bb=2 ');
    await expect(tasks.gather(['a', 'bad'])).rejects.toMatchObject({
      code: 'WP_GUEST',
      payload: 'no such key',
    });
    expect(instance.state).toBe('ready');
  });

  it('take values that the host has at once', async () => {
    const tasks = await start(args, { sleep: () => undefined, get: () => 'now' });
    expect(await tasks.add(1, 2)).toBe(3);
    expect(await tasks.gather(['a'])).toBe('now ');
  });

  it('refuse arguments that do not fit, and go on', async () => {
    const tasks = await start(args);
    await expect(tasks.add('one' as never, 2)).rejects.toThrow(/Cannot call "add": a: wanted an integer/);
    await expect(tasks.total(7)).rejects.toThrow(TypeError);
    expect(await waking(tasks.add(1, 2))).toBe(3);
  });

  it('read streams of the host: streams, generators, arrays', async () => {
    const tasks = await start(args);
    const numbers = async function* (): AsyncIterable<Uint32Array> {
      for (let part = 0; part < 10; part++)
        yield Uint32Array.from({ length: 10 }, (_, index) => part * 10 + index + 1);
    };
    expect(await tasks.total(numbers())).toBe(5050n);
    expect(await tasks.total([1, 2, 3])).toBe(6n);
    expect(await tasks.total(new Set([4, 5]))).toBe(9n);
    expect(await tasks.total([])).toBe(0n);
  });

  it('give streams that are read as they are asked for', async () => {
    const tasks = await start(args);
    const input = new Blob(['hello async ', 'world']).stream();
    expect(await textOf(await tasks.upper(input))).toBe('HELLO ASYNC WORLD');
    const long = Buffer.alloc(200_000, 'a');
    expect(await textOf(await tasks.upper([long]))).toBe('A'.repeat(200_000));
  });

  it('hear that nobody reads any more', async () => {
    const tasks = await start(args);
    const source = { hasEnded: false };
    const endless = async function* (): AsyncIterable<Uint8Array> {
      try {
        for (;;) yield Buffer.from('more ');
      } finally {
        source.hasEnded = true;
      }
    };
    const output = (await tasks.upper(endless())).getReader();
    expect(Buffer.from((await output.read()).value as Uint8Array).toString()).toMatch(/^MORE/);
    await output.cancel();
    while (!source.hasEnded) await new Promise((resolve) => setImmediate(resolve));
  });

  it('take and give futures', async () => {
    const tasks = await start(args);
    expect(await tasks.twice(Promise.resolve(21))).toBe(42);
    expect(await tasks.twice(4)).toBe(8);
  });

  it('reject once the instance is closed, and streams break', async () => {
    const tasks = await start(args);
    const output = (await tasks.upper(new ReadableStream())).getReader();
    const reading = output.read();
    const added = tasks.add(1, 2);
    instance.close();
    await expect(added).rejects.toMatchObject({ code: 'WP_CLOSED' });
    await expect(reading).rejects.toMatchObject({ code: 'WP_CLOSED' });
    await expect(tasks.add(1, 2)).rejects.toMatchObject({ code: 'WP_CLOSED' });
  });

  it('abort the calls of the host that are left', async () => {
    let signal: AbortSignal | undefined;
    const host = {
      ...HOST,
      sleep: (_ms: number, context: { signal: AbortSignal }) => {
        ({ signal } = context);
        return new Promise(() => undefined);
      },
    };
    const tasks = await start(args, host);
    const added = tasks.add(1, 2);
    expect(signal?.aborted).toBe(false);
    instance.close();
    await expect(added).rejects.toThrow();
    expect(signal?.reason).toMatchObject({ code: 'WP_CLOSED' });
  });

  it('end with an exception of the host, everything of the instance with them', async () => {
    const tasks = await start(args, { ...HOST, get: () => Promise.reject(new Error('gone')) });
    const added = tasks.add(1, 2);
    await expect(tasks.gather(['a'])).rejects.toMatchObject({ code: 'WP_TRAP_HOST' });
    await expect(added).rejects.toMatchObject({ code: 'WP_TRAP_HOST' });
    expect(instance.state).toBe('dead');
  });
});
