import assert from 'node:assert/strict';
import type { CarrierBench, CarrierCase } from '../carrier-case.js';
import type { Subject } from '../subjects.js';
import { pluginErrorOf } from './errors-of.js';

/** Starts a plugin whose `health` ends it, and expects the instance to be dead of an error that stays. */
async function expectDeath(bench: CarrierBench, subject: Subject, codes: readonly string[]): Promise<void> {
  const { instance, lifecycle, ends } = await bench.start(subject, { wallMs: 500 });
  const error = await pluginErrorOf(() => lifecycle['health']?.());
  assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`);
  assert.equal(error.instanceUsable, false);
  assert.equal(instance.state, 'dead');
  assert.equal(ends(), 1);
  assert.equal((await pluginErrorOf(() => lifecycle['health']?.())).code, error.code);
  const other = await bench.start('equalizer');
  await other.lifecycle['init']?.([]);
}

export const HOSTILE_CASES: readonly CarrierCase[] = [
  {
    name: 'crash: it ends the instance with an error that stays, and nothing else',
    hostile: true,
    run: (bench) => expectDeath(bench, 'crash', ['WP_TRAP', 'WP_BRIDGE']),
  },
  {
    name: 'hang: it is ended at its deadline',
    hostile: true,
    run: (bench) => expectDeath(bench, 'hang', ['WP_QUOTA_WALL']),
  },
  {
    name: 'garbage: a text at an address that is none ends the instance, and nothing else',
    hostile: true,
    run: (bench) => expectDeath(bench, 'garbage', ['WP_TRAP', 'WP_TRAP_ABI', 'WP_BRIDGE']),
  },
  {
    name: 'limits: a plugin gets no more memory than memoryBytes, and is told so',
    hostile: true,
    async run(bench) {
      const { instance, lifecycle } = await bench.start('allocate', { memoryBytes: '64 MiB' });
      assert.equal((await pluginErrorOf(() => lifecycle['health']?.())).code, 'WP_GUEST');
      assert.equal(instance.state, 'ready');
    },
  },
];
