import { createEngine } from '@wasm-plugin/engine';
import { expect, it } from 'vitest';
import { TASKS_HOST, tasksGuest, type Tasks } from './guests/index.js';

it('async functions work in a thread of their own; streams do not cross', async () => {
  const host = { sleep: async () => undefined, get: async (key: string) => `${key}!` };
  const engine = createEngine({ isolation: 'worker', imports: { [TASKS_HOST]: host } });
  const plugin = await engine.load(tasksGuest('tasks-unknown'));
  const instance = await plugin.instantiate();
  try {
    const tasks = instance.exports as unknown as Tasks;
    expect(await tasks.add(2, 3)).toBe(5);
    expect(await tasks.gather(['a', 'b'])).toBe('a! b! ');
    await expect(tasks.upper([1])).rejects.toMatchObject({
      message: expect.stringMatching(/cannot cross|Cannot/),
    });
  } finally {
    instance.close();
    engine.close();
  }
});
