import { expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { callSoak } from './soak/call-soak.js';
import { killSoak } from './soak/kill-soak.js';

it('20,000 calls while the plugin is reloaded 20 times: each is answered once and counted once', async () => {
  const { calls, byVersion, events } = await callSoak({ calls: 20_000, reloads: 20, seed: 3, faults: false });
  expect(calls).toBe(20_000);
  expect(events['committed']).toBe(20);
  expect(Object.keys(byVersion)).toEqual(['1', '2']);
});

it.each([1, 2, 3])('the same where most reloads fail somewhere, seed %i', async (seed) => {
  const { calls, events } = await callSoak({ calls: 20_000, reloads: 60, seed, faults: true });
  expect(calls).toBe(20_000);
  for (const event of [
    'committed',
    'rolled-back',
    'recovered',
    'failed at save',
    'failed at restore',
    'failed at health',
  ])
    expect(events[event], event).toBeGreaterThan(0);
});

it('a process that is killed while it saves leaves a whole state that is as new as the last acknowledged one', async () => {
  const { saves } = await killSoak(10, new Random(7));
  expect(saves).toBeGreaterThanOrEqual(10);
});
