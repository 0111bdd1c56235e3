import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { expect, it } from 'vitest';

/** Processor time of this process, in microseconds: the time of other programs does not count. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Returns the time of the work, and the longest time for which nothing else of the thread had a turn. */
async function held(work: () => Promise<unknown>): Promise<{ all: number; longest: number }> {
  let [last, longest, ended] = [spent(), 0, false];
  const look = (): void => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (!ended) setImmediate(look);
  };
  const start = last;
  setImmediate(look);
  await work();
  const all = spent() - start;
  await new Promise((resolve) => setImmediate(resolve));
  ended = true;
  return { all, longest };
}

it('metering a large module lets other work of the thread come in between', async () => {
  const body = '(loop (br_if 0 (local.get 0)) (br_if 0 (i32.eqz (local.get 0))))'.repeat(8);
  const functions = `(func (param i32) ${body})`.repeat(5000);
  const bytes = await parse(`(component (core module ${functions}))`);
  const engine = createEngine({ limits: { fuel: 1e6 } });
  const { all, longest } = await held(() => engine.load(bytes));
  expect(longest / all).toBeLessThan(0.5);
});
