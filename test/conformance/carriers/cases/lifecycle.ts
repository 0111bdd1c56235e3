import assert from 'node:assert/strict';
import type { CarrierCase } from '../carrier-case.js';
import { pluginErrorOf } from './errors-of.js';

export const LIFECYCLE_CASES: readonly CarrierCase[] = [
  {
    name: 'lifecycle: an instance begins ready, initializes, logs, and is healthy',
    async run(bench) {
      const { instance, lifecycle, logged } = await bench.start('equalizer');
      assert.equal(instance.state, 'ready');
      await lifecycle['init']?.([]);
      await lifecycle['health']?.();
      assert.deepEqual(logged, ['debug eq is ready']);
    },
  },
  {
    name: 'lifecycle: each interface has its full and its short name',
    async run(bench) {
      const { instance } = await bench.start('equalizer');
      for (const name of ['lifecycle', 'state', 'processor'])
        assert.ok(
          instance.exports[name] !== undefined &&
            instance.exports[`wasm-plugin:abi/${name}@0.1.0`] !== undefined,
        );
    },
  },
  {
    name: 'lifecycle: a closed instance says so, refuses calls, and has told its end once',
    async run(bench) {
      const { instance, lifecycle, ends } = await bench.start('equalizer');
      await instance.close();
      await instance.close();
      assert.equal(instance.state, 'closed');
      assert.equal(ends(), 1);
      const error = await pluginErrorOf(() => lifecycle['health']?.());
      assert.equal(error.code, 'WP_CLOSED');
    },
  },
  {
    name: 'lifecycle: instances share nothing',
    async run(bench) {
      const [first, second] = [await bench.start('equalizer'), await bench.start('equalizer')];
      await first.processor['setParameter']?.(64, 6);
      assert.equal(await second.processor['getParameter']?.(64), 0);
    },
  },
];
