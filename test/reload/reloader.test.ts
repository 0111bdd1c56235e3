import { createMemoryStore, encodeEnvelope, type ReloaderOptions } from '@wasm-plugin/engine/reload';
import { beforeAll, describe, expect, it } from 'vitest';
import { Counters, FIRST_TO_SECOND, MIGRATIONS, type CounterSettings } from './counter.js';
import { failureOf, setUp as setUpCounter } from './set-up.js';

let counters: Counters;

beforeAll(async () => {
  counters = await new Counters({ fuel: 5_000_000 }).load();
});

const setUp = (options: ReloaderOptions = {}, settings: CounterSettings = {}) =>
  setUpCounter(counters, options, settings);

describe('Reloader.reload()', () => {
  it('carries the state by the plugin’s own restore, by a migration, and by a chain of migrations', async () => {
    const { call, reload, events } = setUp();
    expect(call(3)).toEqual([1, 1, 1]);
    expect(await reload(2, undefined)).toMatchObject({ from: '1.0.0', to: '2.0.0', state: 'carried' });
    expect(call(3)).toEqual([2, 2, 2]);
    await reload(3, undefined);
    expect(call(3)).toEqual([3, 3, 3]);
    await reload(1, undefined);
    expect(call(3)).toEqual([1, 1, 1]);
    expect(events.map(({ kind }) => kind)).toEqual(['committed', 'committed', 'committed']);
  });

  it('keeps the old instance through the confirm window, and ends it after so many calls', async () => {
    const { call, reload, reloader, subject, events } = setUp();
    const old = subject.current().instance;
    await reload(2, undefined, { confirm: { calls: 5 } });
    call(4);
    expect([old.state, reloader.confirming]).toEqual(['ready', true]);
    call(1);
    expect([old.state, reloader.confirming]).toEqual(['ready', false]);
    // Not in the time of the call that confirmed the new one.
    await new Promise(setImmediate);
    expect(old.state).toBe('closed');
    expect(events.at(-1)).toEqual({ kind: 'confirmed', version: '2.0.0', calls: 5 });
    expect(call(3)).toEqual([2, 2, 2]);
  });

  it('ends the confirm window after some time', async () => {
    const { clock, call, reload, reloader } = setUp();
    await reload(2, undefined, { confirm: { ms: 1000 } });
    call(3);
    await clock.pass(999);
    expect(reloader.confirming).toBe(true);
    await clock.pass(1);
    expect(reloader.confirming).toBe(false);
  });

  it.each([70, 1000, 5000])(
    'counts the time of the confirm window from the swap, also where that comes %i ms after the start',
    async (wait) => {
      const { clock, reloader, reload } = setUp();
      const via = [
        async () => {
          await clock.pass(wait);
          return counters.start(2);
        },
      ];
      await reload(3, undefined, { confirm: { ms: 1000 }, via });
      expect(clock.now()).toBe(wait);
      await clock.pass(999);
      expect(reloader.confirming).toBe(true);
      await clock.pass(1);
      expect(reloader.confirming).toBe(false);
    },
  );

  it('opens no confirm window where none is wanted', async () => {
    const { call, reload, reloader, subject } = setUp();
    const old = subject.current().instance;
    await reload(2, undefined, { confirm: { calls: 0 } });
    expect(reloader.confirming).toBe(false);
    await new Promise(setImmediate);
    expect(old.state).toBe('closed');
    call(3);
  });

  it('makes one reload at a time', async () => {
    const { call, reload } = setUp();
    await Promise.all([
      reload(2, undefined),
      reload(3, undefined),
      reload(1, undefined),
      reload(2, undefined),
    ]);
    expect(call(2)).toEqual([2, 2]);
  });

  it('swaps when the plugin is idle', async () => {
    const { clock, call, reload } = setUp();
    const reloading = reload(2, undefined, { strategy: { kind: 'when-idle', idleMs: 50 } });
    await clock.pass(40);
    expect(call(2)).toEqual([1, 1]);
    await clock.pass(40);
    expect(call(2)).toEqual([1, 1]);
    await clock.pass(60);
    await reloading;
    expect(call(2)).toEqual([2, 2]);
  });

  it('begins with a given state', async () => {
    const { subject, reload, reloader, call } = setUp();
    const exported = encodeEnvelope((await reloader.save())!);
    call(5);
    expect(await reload(2, undefined, { state: exported })).toMatchObject({ state: 'given' });
    expect(subject.counting.read()).toMatchObject({ calls: 10n, version: 2 });
  });
});

/** Faults of the new version, or on the way to it, and the step that the error names. */
const FAULTS = [
  ['init', 'prepare'],
  ['restore-trap', 'restore'],
  ['restore-refuse', 'restore'],
  ['health-trap', 'health'],
  ['health-refuse', 'health'],
] as const;

describe.each([false, true])('a reload that fails, recovery %s', (recovery) => {
  it.each(FAULTS)(
    'with the fault %s: the old instance serves untouched, the step is %s',
    async (fault, step) => {
      const { call, reload, subject, events } = setUp({ recovery });
      const old = subject.current();
      const error = await failureOf(
        reload(2, undefined)
          .then(() => reload(2, fault))
          .catch((thrown: unknown) => {
            throw thrown;
          }),
      );
      expect(error).toMatchObject({ step, instanceUsable: true });
      expect(error.message).toContain(`the step "${step}" failed`);
      expect(subject.current().version).toBe('2.0.0');
      expect(old.instance.state).toBe('ready');
      expect(events.at(-1)).toMatchObject({ kind: 'failed', step });
      expect(call(200)).toEqual(Array.from({ length: 200 }, () => 2));
    },
  );

  it('because the old version refuses to save', async () => {
    const { call, reload } = setUp({ recovery }, { fault: 'save-refuse' });
    expect(await failureOf(reload(2, undefined))).toMatchObject({ step: 'save', instanceUsable: true });
    expect(call(5)).toEqual([1, 1, 1, 1, 1]);
  });

  it('because the state is larger than its budget', async () => {
    const { call, reload } = setUp({ recovery, budget: { stateBytes: 1000 } }, { ballast: 2000 });
    const error = await failureOf(reload(2, undefined));
    expect(error).toMatchObject({ step: 'save', cause: { code: 'WP_QUOTA_STATE', used: 2016 } });
    expect(call(2)).toEqual([1, 1]);
  });

  it('because there is no migration, and the new version does not understand', async () => {
    const { call, reload } = setUp({ recovery, migrations: [] });
    expect(await failureOf(reload(3, undefined))).toMatchObject({ step: 'restore' });
    expect(call(2)).toEqual([1, 1]);
  });

  it('because a migration throws', async () => {
    const migrate = (): Uint8Array => {
      throw new RangeError('what is this?');
    };
    const migrations = [{ from: { schema: 1 }, to: { schema: 3 }, migrate }];
    const { call, reload } = setUp({ recovery, migrations });
    const error = await failureOf(reload(3, undefined));
    expect(error.step).toBe('carry');
    expect(error.message).toContain('from schema 1 to 3: what is this?');
    expect(call(2)).toEqual([1, 1]);
  });

  it('because the given state is corrupt', async () => {
    const { call, reload, reloader } = setUp({ recovery });
    const exported = encodeEnvelope((await reloader.save())!);
    exported[exported.length - 1]! ^= 1;
    const error = await failureOf(reload(2, undefined, { state: exported }));
    expect(error).toMatchObject({ step: 'carry', cause: { code: 'WP_STATE' } });
    expect(error.message).toContain('its checksum is wrong');
    expect(call(2)).toEqual([1, 1]);
  });
});

describe('an old version that dies while it saves', () => {
  it.each(['save-trap', 'save-spin'])(
    '%s: goes on with its whole state where calls are remembered',
    async (fault) => {
      const { call, reload, reloader, subject, events } = setUp({ recovery: true });
      await reload(2, fault, { confirm: { calls: 0 } });
      call(20);
      // The fault is in every instance of the version; the one that takes over needs no save.
      const failing = failureOf(reload(3, undefined));
      expect(await failing).toMatchObject({ step: 'save', instanceUsable: true });
      expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ state: 'whole', replayed: 20 });
      expect(subject.current().instance.state).toBe('ready');
      expect(call(20)).toEqual(Array.from({ length: 20 }, () => 2));
      expect(reloader.confirming).toBe(false);
    },
  );

  it('is dead where they are not, and says so', async () => {
    const { reload, subject } = setUp({}, { fault: 'save-trap' });
    expect(await failureOf(reload(2, undefined))).toMatchObject({ step: 'save', instanceUsable: false });
    expect(() => subject.counting.add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }) as Error);
  });

  it.each(['save-trap', 'save-refuse'])(
    '%s does not block an upgrade that discards the state',
    async (fault) => {
      const { reload, subject } = setUp({}, { fault });
      expect(await reload(2, undefined, { policy: 'discard-state' })).toMatchObject({ state: 'discarded' });
      expect(subject.counting.add(1n)).toMatchObject({ calls: 1n, version: 2 });
    },
  );

  it.each(['save-trap', 'save-refuse'])(
    '%s does not block an upgrade from the last good state',
    async (fault) => {
      const store = createMemoryStore();
      const first = setUp({ store });
      await first.reloader.save();
      const { reload, subject } = setUp({ store }, { fault });
      expect(await reload(2, undefined, { policy: 'last-good' })).toMatchObject({ state: 'last-good' });
      expect(subject.counting.read()).toMatchObject({ calls: 10n, version: 2 });
    },
  );

  it('loses nothing with the last good state where calls are remembered', async () => {
    // Version 2 has taken the state of version 1 unchanged, so that is the state to go on from.
    const { reload, call } = setUp({ recovery: true, migrations: [...MIGRATIONS, FIRST_TO_SECOND] });
    await reload(2, 'save-trap', { confirm: { calls: 0 } });
    call(7);
    expect(await reload(3, undefined, { policy: 'last-good' })).toMatchObject({ state: 'last-good' });
    expect(call(3)).toEqual([3, 3, 3]);
  });
});

describe('the confirm window', () => {
  it.each([1, 2, 100])('rolls back when call %i traps, which the old version answers', async (number) => {
    const { call, reload, events, subject } = setUp();
    await reload(2, `call-${number}`);
    const versions = call(120);
    expect(versions).toEqual([
      ...Array.from({ length: number - 1 }, () => 2),
      ...Array.from({ length: 121 - number }, () => 1),
    ]);
    expect(events.at(-1)).toMatchObject({
      kind: 'rolled-back',
      from: '2.0.0',
      to: '1.0.0',
      replayed: number - 1,
      lost: 0,
    });
    expect(subject.current().version).toBe('1.0.0');
  });

  it('gives the trap to the caller where the new version has called the host since the swap', async () => {
    const { reload, events, subject } = setUp();
    await reload(2, 'call-3');
    const before = counters.lines;
    subject.counting.add(1n);
    subject.counting.announce();
    expect(() => subject.counting.add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }) as Error);
    expect(counters.lines).toBe(before + 1);
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', replayed: 0, lost: 2 });
    expect(subject.counting.read()).toMatchObject({ calls: 10n, version: 1 });
  });

  it('makes calls again that have called the host where that is accepted', async () => {
    const { call, reload, subject, events } = setUp({ catchUp: 'always' });
    await reload(2, 'call-2');
    subject.counting.announce();
    expect(subject.counting.announce()).toMatchObject({ version: 1, calls: 12n });
    expect(events.at(-1)).toMatchObject({ replayed: 1, lost: 0 });
    expect(() => call(1)).toThrow();
  });

  it('gives the trap to the caller where nothing is to be made again', async () => {
    const { reload, subject } = setUp({ catchUp: 'never' });
    await reload(2, 'call-2');
    subject.counting.add(1n);
    expect(() => subject.counting.add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }) as Error);
    expect(subject.counting.read()).toMatchObject({ calls: 10n, version: 1 });
  });

  it('forgets calls that are too many to remember, and says how many are lost', async () => {
    const { reload, subject, events } = setUp({ journal: { calls: 3 } });
    await reload(2, 'call-6');
    for (let index = 0; index < 5; index++) subject.counting.add(1n);
    expect(() => subject.counting.add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }) as Error);
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', replayed: 0, lost: 5 });
  });

  it('rolls back on request, with the calls since', async () => {
    const { call, reload, reloader } = setUp();
    await reload(2, undefined);
    call(9);
    await reloader.rollBack();
    expect(call(2)).toEqual([1, 1]);
    await expect(reloader.rollBack()).rejects.toMatchObject({ step: 'rollback' });
  });
});

describe('between the start of a version and the swap', () => {
  it('calls are answered by the old version', async () => {
    const { call, reload } = setUp();
    const versions: number[] = [];
    const reloading = reload(2, undefined);
    const between = new Promise<void>((resolve) =>
      setImmediate(() => {
        versions.push(...call(3));
        resolve();
      }),
    );
    await Promise.all([reloading, between]);
    expect(versions).toEqual([1, 1, 1]);
    expect(call(2)).toEqual([2, 2]);
  });

  it('a version that has come back is not replaced by one that took over from another', async () => {
    const { call, reload, reloader } = setUp();
    await reload(2, undefined);
    call(3);
    const reloading = failureOf(reload(3, undefined));
    await new Promise(setImmediate);
    expect(reloader.rollBackNow('a block failed')).toMatchObject({ version: '1.0.0' });
    expect(await reloading).toMatchObject({ step: 'prepare', instanceUsable: true });
    expect(call(5)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('a blue-green reload', () => {
  it('gives the new version a share of the calls, and both know all of them', async () => {
    const { call, reload, subject } = setUp();
    const reloading = reload(2, undefined, { strategy: { kind: 'blue-green', calls: 40, share: 0.25 } });
    await subject.rerouted();
    const versions = call(40);
    expect(versions.filter((version) => version === 2)).toHaveLength(10);
    expect(call(5)).toEqual([2, 2, 2, 2, 2]);
    await reloading;
    expect(call(5)).toEqual([2, 2, 2, 2, 2]);
  });

  it('leaves the old version when the new one traps, and no call is lost', async () => {
    const { call, reload, subject } = setUp();
    const reloading = failureOf(
      reload(2, 'call-5', { strategy: { kind: 'blue-green', calls: 40, share: 0.5 } }),
    );
    await subject.rerouted();
    expect(call(10)).toEqual([1, 2, 1, 2, 1, 1, 1, 1, 1, 1]);
    expect(await reloading).toMatchObject({ step: 'health', instanceUsable: true });
    expect(call(5)).toEqual([1, 1, 1, 1, 1]);
  });

  it('ends before a call reaches the host twice', async () => {
    const { reload, subject } = setUp();
    const reloading = failureOf(reload(2, undefined, { strategy: { kind: 'blue-green' } }));
    await subject.rerouted();
    const before = counters.lines;
    expect(subject.counting.announce()).toMatchObject({ version: 1, calls: 11n });
    expect(counters.lines).toBe(before + 1);
    expect(await reloading).toMatchObject({ step: 'health' });
  });
});

describe('a blue-green reload that outlasts its journal', () => {
  it('goes back to a whole state', async () => {
    const { call, reload, subject } = setUp({ recovery: true, journal: { calls: 16 } });
    const strategy = { kind: 'blue-green', calls: 40, share: 0.5 } as const;
    const reloading = reload(2, 'call-50', { strategy, confirm: { calls: 100 } });
    await subject.rerouted();
    call(40);
    await reloading;
    const versions = call(20);
    expect([versions.at(0), versions.at(-1)]).toEqual([2, 1]);
  });

  it('leaves a version that can be started anew with all calls', async () => {
    const { call, reload, reloader, subject } = setUp({ recovery: true, journal: { calls: 16 } });
    const strategy = { kind: 'blue-green', calls: 40, share: 0.5 } as const;
    const reloading = reload(2, 'call-45', { strategy, confirm: { calls: 0 } });
    await subject.rerouted();
    call(40);
    await reloading;
    call(4);
    subject.restartSettings = {};
    expect(() => subject.counting.add(1n)).toThrow();
    expect(await reloader.recover()).toMatchObject({ state: 'whole' });
    call(3);
  });
});

describe('Reloader.recover()', () => {
  it('brings a dead version back with its whole state where calls are remembered', async () => {
    const { call, reloader, subject, reload } = setUp({ recovery: true });
    await reload(2, 'call-30', { confirm: { calls: 0 } });
    call(29);
    subject.restartSettings = {};
    expect(() => subject.counting.add(1n)).toThrow();
    expect(await reloader.recover()).toMatchObject({ version: '2.0.0', state: 'whole', replayed: 29 });
    expect(call(3)).toEqual([2, 2, 2]);
  });

  it('saves anew each time that its journal is full', async () => {
    const { call, reloader, subject } = setUp(
      { recovery: true, journal: { calls: 16 } },
      { fault: 'call-1000' },
    );
    call(989);
    subject.restartSettings = {};
    expect(() => subject.counting.add(1n)).toThrow();
    expect(await reloader.recover()).toMatchObject({ state: 'whole' });
    call(100);
  });

  it('brings it back from the last good state where they are not, and fresh where there is none', async () => {
    const { call, reloader, subject } = setUp({}, { fault: 'call-20' });
    await reloader.save();
    call(9);
    subject.restartSettings = {};
    expect(() => subject.counting.add(1n)).toThrow();
    expect(await reloader.recover()).toMatchObject({ state: 'last-good', replayed: 0 });
    expect(subject.counting.read()).toMatchObject({ calls: 10n });
    const other = setUp();
    expect(await other.reloader.recover()).toMatchObject({ state: 'none' });
  });
});
