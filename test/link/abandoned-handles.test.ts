import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createEngine } from '@wasm-plugin/engine';
import { BACKENDS } from '../support/guest.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Ops {
  Counter: new (start: number) => object;
  liveCounters(): number;
}

describe.each(BACKENDS)('objects of a guest that nothing refers to (%s)', (backend) => {
  it('give their handles back before the next call of any function', async () => {
    const bytes = readFileSync(new URL('../../plugins-rust/build/types.wasm', import.meta.url));
    const imports = { 'wasm-plugin:types/host': { hostAdd: () => 0 } };
    const plugin = await createEngine({ backend, imports }).load(bytes);
    const ops = plugin.instantiate().exports['wasm-plugin:types/ops@0.1.0'] as Ops;
    const kept = new ops.Counter(1);
    expect(Array.from({ length: 50 }, (_, start) => new ops.Counter(start))).toHaveLength(50);
    expect(ops.liveCounters()).toBe(51);
    for (let turn = 0; turn < 100 && ops.liveCounters() > 1; turn++) {
      collectGarbage();
      await setImmediate();
    }
    expect(ops.liveCounters()).toBe(1);
    expect(kept).toBeInstanceOf(ops.Counter);
  });
});
