import { expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { callSoak, FAULTS } from './soak/call-soak.js';
import { killSoak } from './soak/kill-soak.js';

it('20,000 calls while the plugin is reloaded 20 times: each is answered once and counted once', async () => {
  const { calls, byVersion, events } = await callSoak({ calls: 20_000, reloads: 20, seed: 3, faults: false });
  expect(calls).toBe(20_000);
  expect(events['committed']).toBe(20);
  expect(Object.keys(byVersion)).toEqual(['1', '2']);
});

it('the same where most reloads fail somewhere: at every step, for every fault', async () => {
  const happened: Record<string, number> = {};
  for (const seed of [1, 2, 3]) {
    const { calls, events, faults } = await callSoak({ calls: 20_000, reloads: 60, seed, faults: true });
    expect(calls).toBe(20_000);
    for (const [what, times] of Object.entries({ ...events, ...faults }))
      happened[what] = (happened[what] ?? 0) + times;
  }
  const steps = ['prepare', 'save', 'carry', 'restore', 'health'].map((step) => `failed at ${step}`);
  expect(Object.keys(happened)).toEqual(
    expect.arrayContaining(['committed', 'rolled-back', 'recovered', ...steps, ...FAULTS]),
  );
});

it('a process that is killed while it saves leaves a whole state that is as new as the last acknowledged one', async () => {
  const { saves } = await killSoak(10, new Random(7));
  expect(saves).toBeGreaterThanOrEqual(10);
});
