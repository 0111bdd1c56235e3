import { SerialQueue } from '#internals';
import { describe, expect, it } from 'vitest';

describe('SerialQueue', () => {
  it('run() does one thing after the other, also after one that fails', async () => {
    const queue = new SerialQueue();
    const done: string[] = [];
    const slow = queue.run(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push('slow');
      return 1;
    });
    const failing = queue.run(() => {
      done.push('failing');
      throw new Error('no');
    });
    const last = queue.run(() => done.push('last'));
    await expect(failing).rejects.toThrow('no');
    expect([await slow, await last, done]).toEqual([1, 3, ['slow', 'failing', 'last']]);
  });

  it('whenDone() waits for all that was asked for so far, and never rejects', async () => {
    const queue = new SerialQueue();
    let isDone = false;
    void queue.run(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isDone = true;
    });
    queue.run(() => Promise.reject(new Error('no'))).catch(() => undefined);
    await queue.whenDone();
    expect(isDone).toBe(true);
  });
});
