import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Reloader } from '#internals';
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

const STEADY_ROUNDS = 5;
const MOST_ROUNDS = 100;

/** Collects until nothing more is freed for some rounds: a memory may outlive the collection that found it unused. */
async function heldBytes(): Promise<number> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('Cannot measure memory: start Node with --expose-gc');
  let least = Infinity;
  let steady = 0;
  for (let round = 0; round < MOST_ROUNDS && steady < STEADY_ROUNDS; round++) {
    collect();
    await sleep(5);
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    const held = heapUsed + external + arrayBuffers;
    steady = held < least * 0.999 ? 0 : steady + 1;
    least = Math.min(least, held);
  }
  return least;
}
