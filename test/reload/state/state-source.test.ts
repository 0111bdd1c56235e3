import { describe, expect, it } from 'vitest';
import { startFrom } from '../../../engine/src/reload/state/state-source.js';
import type { CarryOptions } from '../../../engine/src/reload/state/index.js';
import { Counters, ManualClock, MIGRATIONS } from '../counter.js';
import { versionOf } from '../version-of.js';

const counters = await new Counters().load();
const CARRY: CarryOptions = {
  plugin: 'counter',
  migrations: MIGRATIONS,
  budget: {},
  clock: new ManualClock(),
};

describe('startFrom()', () => {
  it('carries the state of the present version over', async () => {
    const [present, fresh] = [counters.start(1), counters.start(1)];
    const start = await startFrom({ kind: 'present', version: present }, fresh, CARRY);
    expect(start).toMatchObject({ origin: 'carried', whole: true, since: [] });
    expect(start.taken).toMatchObject({ version: '1.0.0', schema: 1 });
  });

  it('carries nothing where the plugin has no state', async () => {
    const start = await startFrom(
      { kind: 'present', version: versionOf('1.0.0', {}) },
      versionOf('2.0.0', {}),
      CARRY,
    );
    expect(start).toEqual({ origin: 'none', saved: undefined, taken: undefined, since: [], whole: true });
  });

  it('begins afresh without a state, and where no good one is left', async () => {
    for (const source of [{ kind: 'nothing' }, { kind: 'good', states: [], since: undefined }] as const)
      expect(await startFrom(source, counters.start(1), CARRY)).toMatchObject({
        origin: 'discarded',
        whole: false,
      });
  });

  it('takes the first of the good states that fits, and says whether the calls since are there', async () => {
    const { saved } = await startFrom(
      { kind: 'present', version: counters.start(1) },
      counters.start(1),
      CARRY,
    );
    const state = saved as NonNullable<typeof saved>;
    const torn = { ...state, payload: new Uint8Array(3) };
    const first = await startFrom({ kind: 'good', states: [state], since: [] }, counters.start(1), CARRY);
    expect(first).toMatchObject({ origin: 'last-good', taken: state, whole: true });
    const second = await startFrom(
      { kind: 'good', states: [torn, state], since: [] },
      counters.start(1),
      CARRY,
    );
    expect(second).toMatchObject({ origin: 'last-good', taken: state, whole: false });
  });

  it('takes a state that is given', async () => {
    const { saved } = await startFrom(
      { kind: 'present', version: counters.start(1) },
      counters.start(1),
      CARRY,
    );
    const state = saved as NonNullable<typeof saved>;
    expect(await startFrom({ kind: 'given', state }, counters.start(1), CARRY)).toMatchObject({
      origin: 'given',
      taken: state,
      whole: false,
    });
  });
});
