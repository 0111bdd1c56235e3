import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { BACKENDS } from '../support/guest.js';
import { TASKS_HOST, tasksGuest, type Tasks } from './guests/index.js';

describe.each(BACKENDS)('values of the host that do not fit, %s', (backend) => {
  async function start() {
    const engine = createEngine({
      backend,
      imports: { [TASKS_HOST]: { sleep: () => undefined, get: () => '' } },
    });
    const instance = (await engine.load(tasksGuest('tasks-unknown'))).instantiate();
    return { instance, tasks: instance.exports as unknown as Tasks };
  }

  it.each([
    ['a chunk of text', new Set(['text'])],
    ['a number out of range', [2 ** 32]],
    ['another typed array', new Set([Float64Array.of(0.5)])],
  ])('in a stream: %s', async (_, stream) => {
    const { instance, tasks } = await start();
    await expect(tasks.total(stream)).rejects.toMatchObject({ code: 'WP_TRAP_HOST' });
    expect(instance.state).toBe('dead');
  });

  it('in a future: a promise that rejects', async () => {
    const { instance, tasks } = await start();
    const twice = tasks.twice(Promise.reject(new Error('gone')));
    await expect(twice).rejects.toMatchObject({
      code: 'WP_TRAP_HOST',
      message: expect.stringContaining('gone'),
    });
    expect(instance.state).toBe('dead');
  });

  it('a stream that fails ends early', async () => {
    const { tasks } = await start();
    const failing = (async function* () {
      yield 1;
      yield 2;
      throw new Error('gone');
    })();
    expect(await tasks.total(failing)).toBe(3n);
  });

  it('a stream of the host that somebody reads already is refused', async () => {
    const { instance, tasks } = await start();
    const stream = new ReadableStream();
    stream.getReader();
    await expect(tasks.upper(stream)).rejects.toThrow(TypeError);
    expect(instance.usage().handles).toBe(0);
  });
});
