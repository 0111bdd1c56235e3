import { describe, expect, it } from 'vitest';
import { createSharedMemory, PLACE } from '../../native-bridge/dist/library/child/shared-memory.js';
import { Signal } from '../../native-bridge/dist/library/child/signal.js';
import { TimedWait } from '../../native-bridge/dist/library/child/timed-wait.js';
import { libc } from '../../native-bridge/dist/library/libc.js';

describe.skipIf(process.platform !== 'linux')('Signal', () => {
  const opened = () => {
    const memory = createSharedMemory();
    libc().close(memory.fd);
    const signal = new Signal(memory, PLACE.request);
    return { word: new Int32Array(memory.bytes, PLACE.request, 16), signal };
  };

  it('is taken once for each time that it was raised', () => {
    const { signal } = opened();
    expect(signal.tryTake()).toBe(false);
    signal.post();
    signal.post();
    expect([signal.tryTake(), signal.tryTake(), signal.tryTake()]).toEqual([true, true, false]);
  });

  it('waits until the deadline and no longer', () => {
    const { signal } = opened();
    const timer = new TimedWait(signal, 1);
    timer.begin(5);
    while (!timer.isLate()) expect(timer.waitAWhile()).toBe(false);
    signal.post();
    timer.begin(5);
    expect(timer.waitAWhile()).toBe(true);
    timer.free();
  });

  it.each([-1, -(2 ** 31), 2 ** 31 - 1, 0x7f7f_7f7f, -0x0101_0102])(
    'survives the nonsense %i in its words',
    (value) => {
      const { word, signal } = opened();
      const timer = new TimedWait(signal, 1);
      for (let round = 0; round < 50; round++) {
        word.fill(value);
        timer.begin(2);
        timer.waitAWhile();
        signal.post();
        signal.tryTake();
      }
      timer.free();
    },
  );
});
