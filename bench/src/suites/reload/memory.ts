import { setImmediate as nextTurn } from 'node:timers/promises';
import { Reloader } from '@wasm-plugin/engine/reload';
import { BACK, CounterLine } from './counter-line.js';

/** Bytes that a process holds after some reloads, everything collected that can be. */
export async function measureMemory(counts: readonly number[]): Promise<number[]> {
  const line = await CounterLine.open(1000);
  const reloader = new Reloader(line, { migrations: BACK });
  const held: number[] = [];
  let done = 0;
  for (const count of counts) {
    for (; done < count; done++) {
      const number = line.current().number === 1 ? 2 : 1;
      await reloader.reload(() => line.start(number), { confirm: { calls: 2 } });
      for (let call = 0; call < 4; call++) line.counting.add(1n);
      // Memories are freed by finalizers, which run between two turns of the event loop.
      if (done % 50 === 0) await nextTurn();
    }
    held.push(await heldBytes());
  }
  await reloader.close();
  return held;
}

async function heldBytes(): Promise<number> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('Cannot measure memory: start Node with --expose-gc');
  for (let round = 0; round < 5; round++) {
    collect();
    await nextTurn();
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
