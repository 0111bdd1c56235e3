import type { ReloaderOptions } from '@wasm-plugin/engine/reload';
import { afterAll, describe, expect, it } from 'vitest';
import type { Answer, CounterSettings } from './counter.js';
import { IsolatedCounters, isolatedSetUp, tally } from './isolated-counter.js';
import { failureOf } from './set-up.js';

const counters = new IsolatedCounters({ fuel: 5_000_000, wallMs: 2000 });

afterAll(() => counters.engine.close());

const setUp = (options: ReloaderOptions = {}, settings: CounterSettings = {}) =>
  isolatedSetUp(counters, options, settings);

/** The calls that one version answers, from one count to another. */
const span = (version: number, from: number, to: number): [number, bigint][] =>
  Array.from({ length: to - from + 1 }, (_, index) => [version, BigInt(from + index)]);

/** Does something again and again until something else is done. */
async function during(other: Promise<unknown>, work: () => Promise<void>): Promise<void> {
  const done = other.then(() => 'done');
  const pending = Promise.resolve('pending');
  while ((await Promise.race([done, pending])) === 'pending') await work();
}

const outcomes = async (calls: Promise<Answer>[]): Promise<unknown[]> =>
  (await Promise.allSettled(calls)).map((each) =>
    each.status === 'fulfilled' ? each.value.version : (each.reason as { code: string }).code,
  );

describe('a plugin whose functions give promises', () => {
  it('is reloaded while it is called: each call is answered once, in order, and counted once', async () => {
    const { add, reload } = await setUp();
    const all: Answer[] = [];
    await during(Promise.all([reload(2), reload(3), reload(1)]), async () => {
      all.push(...(await add(10)));
    });
    all.push(...(await add(10)));
    expect(all.map(({ calls }) => calls)).toEqual(all.map((_, index) => BigInt(index + 4)));
    expect([...new Set(all.map(({ version }) => version))]).toEqual(expect.arrayContaining([1]));
    expect(all.every(({ calls, total }) => calls === total)).toBe(true);
  });

  it('is saved between two calls, however many are on their way', async () => {
    const { add, reloader } = await setUp({ recovery: true });
    const before = add(5);
    const saving = reloader.save();
    await new Promise(setImmediate);
    const after = add(5);
    const payload = (await saving)?.payload as Uint8Array;
    expect(new DataView(payload.buffer, payload.byteOffset).getBigUint64(0, true)).toBe(8n);
    expect(tally([...(await before), ...(await after)])).toEqual(span(1, 4, 13));
  });

  it('goes back at once for nobody: that waits for its calls', async () => {
    const { reload, reloader } = await setUp();
    await reload(2);
    expect(() => reloader.rollBackNow('now')).toThrow(
      'Cannot roll back at once: calls of the plugin give promises; "rollBack" waits for them',
    );
    expect(reloader.confirming).toBe(true);
  });
});

describe('its confirm window', () => {
  it('answers by the old version what the new one died of, what was behind it, and what came meanwhile', async () => {
    const late: Promise<Answer[]>[] = [];
    const { add, reload, subject, events } = await setUp({
      onEvent: (event) => {
        events.push(event);
        if (event.kind === 'rolled-back') late.push(add(3));
      },
    });
    await reload(2, 'call-5');
    const answers = await add(20);
    expect(tally(answers)).toEqual([...span(2, 4, 7), ...span(1, 8, 23)]);
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', replayed: 4, lost: 0, obstacle: undefined });
    expect(tally(await late[0]!)).toEqual(span(1, 24, 26));
    expect(subject.current()?.version).toBe('1.0.0');
    expect(tally(await add(2))).toEqual(span(1, 27, 28));
  });

  it('gives the trap to all of them where the new version has called the host since', async () => {
    const { add, counting, reload, events } = await setUp();
    await reload(2, 'call-3');
    const calls = [counting().add(1n), counting().announce(), counting().add(1n), counting().add(1n)];
    expect(await outcomes(calls)).toEqual([2, 2, 'WP_TRAP', 'WP_TRAP']);
    expect(events.at(-1)).toMatchObject({
      replayed: 0,
      lost: 2,
      obstacle: 'they have called the host',
    });
    expect(tally(await add(1))).toEqual(span(1, 4, 4));
  });

  it('makes them again nevertheless where that is wanted', async () => {
    const { counting, reload, events } = await setUp({ catchUp: 'always' });
    await reload(2, 'call-3');
    const calls = [counting().add(1n), counting().announce(), counting().add(1n), counting().add(1n)];
    expect(await outcomes(calls)).toEqual([2, 2, 1, 1]);
    expect(events.at(-1)).toMatchObject({ replayed: 2, lost: 0 });
    expect(await counting().read()).toMatchObject({ calls: 7n, version: 1 });
  });

  it('brings the old version back when the thread of the new one is ended at its deadline', async () => {
    const { add, counting, reload, subject, events } = await setUp();
    await reload(2);
    await add(2);
    counters.onLine = () => new Promise(() => undefined);
    const calls = [counting().announce(), counting().add(1n)];
    expect(await outcomes(calls)).toEqual(['WP_QUOTA_WALL', 'WP_QUOTA_WALL']);
    counters.onLine = undefined;
    expect(events.at(-1)).toMatchObject({ lost: 2, obstacle: 'they have called the host' });
    expect(subject.current()).toMatchObject({ version: '1.0.0', instance: { state: 'ready' } });
    expect(tally(await add(1))).toEqual(span(1, 4, 4));
  });

  it('rolls back on request, with the calls on their way', async () => {
    const { add, reload, reloader, events } = await setUp();
    await reload(2);
    const before = add(10);
    const back = reloader.rollBack('it hums');
    expect(tally(await before)).toEqual(span(2, 4, 13));
    await back;
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', reason: 'it hums', replayed: 10, lost: 0 });
    expect(tally(await add(2))).toEqual(span(1, 14, 15));
    expect(await failureOf(reloader.rollBack())).toMatchObject({ step: 'rollback' });
  });

  it('does not count a call twice that never left, though it was refused before others were answered', async () => {
    const { add, counting, reload, events } = await setUp();
    await reload(2, 'call-1');
    const dies = counting().add(1n);
    await expect(counting().add(new Date() as unknown as bigint)).rejects.toThrow(TypeError);
    expect(tally([await dies])).toEqual(span(1, 4, 4));
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', lost: 0 });
    expect(tally(await add(1))).toEqual(span(1, 5, 5));
  });

  it('leaves the trap to the callers where the old version has ended', async () => {
    const { counting, reload, subject } = await setUp();
    const old = subject.current()!.instance;
    await reload(2, 'call-2');
    await counting().add(1n);
    void old.close();
    expect(await outcomes([counting().add(1n), counting().add(1n)])).toEqual(['WP_TRAP', 'WP_TRAP']);
    expect(subject.current()).toMatchObject({ version: '2.0.0', instance: { state: 'dead' } });
  });

  it('ends after so many calls, with the old version', async () => {
    const { add, reload, reloader, subject, events } = await setUp();
    const old = subject.current()!.instance;
    await reload(2, undefined, { confirm: { calls: 5 } });
    expect(tally(await add(8))).toEqual(span(2, 4, 11));
    expect(reloader.confirming).toBe(false);
    expect(events.at(-1)).toMatchObject({ kind: 'confirmed', calls: 5 });
    while (old.state !== 'closed') await new Promise(setImmediate);
  });
});

describe('its recovery', () => {
  it('starts it anew with its whole state, also where its journal was full in between', async () => {
    const { add, counting, reload, reloader } = await setUp({ recovery: true, journal: { calls: 16 } });
    await reload(2, 'call-60', { confirm: { calls: 0 } });
    for (let round = 0; round < 6; round++) await add(9);
    expect(await outcomes([...Array(8)].map(() => counting().add(1n)))).toEqual([
      ...Array<number>(5).fill(2),
      ...Array<string>(3).fill('WP_TRAP'),
    ]);
    expect(await reloader.recover()).toMatchObject({ version: '2.0.0', state: 'whole' });
    expect(tally(await add(2))).toEqual(span(2, 63, 64));
  });

  it('begins before the first reload', async () => {
    const { add, reloader } = await setUp({ recovery: true }, { fault: 'call-10' });
    await expect(add(10)).rejects.toMatchObject({ code: 'WP_TRAP' });
    expect(await reloader.recover()).toMatchObject({ version: '1.0.0', state: 'whole' });
    expect(tally(await add(1))).toEqual(span(1, 10, 10));
  });

  it.each(['save-trap', 'save-spin'])(
    '%s in a reload: an instance with the same state goes on',
    async (fault) => {
      const { add, reload, events } = await setUp({ recovery: true });
      await reload(2, fault, { confirm: { calls: 0 } });
      await add(4);
      const failing = failureOf(reload(3));
      const meanwhile = add(4);
      expect(await failing).toMatchObject({ step: 'save', instanceUsable: true });
      expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ state: 'whole' });
      const answers = [...(await meanwhile), ...(await add(3))];
      expect(tally(answers)).toEqual(span(2, 8, 14));
    },
  );
});

describe('its reload that fails', () => {
  it.each([
    ['init', 'prepare'],
    ['restore-trap', 'restore'],
    ['restore-refuse', 'restore'],
    ['health-trap', 'health'],
    ['health-refuse', 'health'],
  ])('with the fault %s: the old version answers, also the calls that waited', async (fault, step) => {
    const { add, reload } = await setUp();
    const failing = failureOf(reload(2, fault));
    const all: Answer[] = [];
    await during(failing, async () => {
      all.push(...(await add(5)));
    });
    expect(await failing).toMatchObject({ step, instanceUsable: true });
    all.push(...(await add(5)));
    expect(tally(all)).toEqual(span(1, 4, all.length + 3));
  });

  it('because the old version dies while it saves: the calls that waited get its death', async () => {
    const { counting, reload, subject } = await setUp({}, { fault: 'save-spin' });
    const failing = failureOf(reload(2));
    const calls = [counting().add(1n)];
    expect(await failing).toMatchObject({ step: 'save', instanceUsable: false });
    calls.push(counting().add(1n));
    expect(await outcomes(calls)).toEqual([1, 'WP_QUOTA_FUEL']);
    expect(subject.current()?.instance.state).toBe('dead');
  });

  it('because the thread of the old version is ended at its deadline', async () => {
    const { counting, reload } = await setUp();
    counters.onLine = () => new Promise(() => undefined);
    const call = counting().announce();
    const failing = failureOf(reload(2));
    expect(await outcomes([call])).toEqual(['WP_QUOTA_WALL']);
    counters.onLine = undefined;
    expect(await failing).toMatchObject({ step: 'save', instanceUsable: false });
    expect(await outcomes([counting().add(1n)])).toEqual(['WP_QUOTA_WALL']);
  });

  it('because a version has come back while the new one was prepared', async () => {
    const { add, reload } = await setUp();
    await reload(2, 'call-3');
    const failing = failureOf(reload(3));
    expect(tally(await add(5))).toEqual([...span(2, 4, 5), ...span(1, 6, 8)]);
    expect(await failing).toMatchObject({ step: 'prepare', instanceUsable: true });
    expect(tally(await add(1))).toEqual(span(1, 9, 9));
  });
});

describe('its trial', () => {
  const trial = (calls: number) => ({ strategy: { kind: 'blue-green', calls, share: 0.5 } }) as const;

  it('gives the new version a share of the calls, with others on their way, and both know all of them', async () => {
    const { add, reload, reloader } = await setUp();
    const reloading = reload(2, undefined, trial(20));
    const answers: Answer[] = [];
    await during(reloading, async () => void answers.push(...(await add(5))));
    answers.push(...(await add(3)));
    const versions = answers.map(({ version }) => version);
    const begin = versions.indexOf(2) - 1;
    expect(versions.slice(begin, begin + 20)).toEqual(
      Array.from({ length: 20 }, (_, index) => 1 + (index % 2)),
    );
    expect(versions.slice(begin + 20).every((version) => version === 2)).toBe(true);
    expect(answers.map(({ calls }) => calls)).toEqual(answers.map((_, index) => BigInt(index + 4)));
    await reloader.rollBack();
    expect(tally(await add(1))).toEqual(span(1, answers.length + 4, answers.length + 4));
  });

  it('leaves the old version when the new one traps, with calls behind that one', async () => {
    const { add, reload } = await setUp();
    const reloading = failureOf(reload(2, 'call-5', trial(20)));
    const answers: Answer[] = [];
    await during(reloading, async () => void answers.push(...(await add(8))));
    expect(await reloading).toMatchObject({ step: 'health', instanceUsable: true });
    answers.push(...(await add(2)));
    expect(answers.map(({ calls }) => calls)).toEqual(answers.map((_, index) => BigInt(index + 4)));
    expect(answers.filter(({ version }) => version === 2)).toHaveLength(2);
  });

  it('goes on with an instance of the old version that knows all calls when that one dies', async () => {
    const { add, counting, reload, subject, events } = await setUp({ recovery: true }, { fault: 'call-8' });
    const held = new Promise<void>((resolve) => {
      const { route } = subject;
      subject.route = (exports) => {
        route(exports);
        resolve();
      };
    });
    const reloading = failureOf(reload(2, undefined, trial(1000)));
    await held;
    const answers = await outcomes([...Array(7)].map(() => counting().add(1n)));
    const answered = expect.any(Number) as number;
    expect(answers).toEqual([...Array(4).fill(answered), ...Array(3).fill('WP_TRAP')]);
    expect(await reloading).toMatchObject({ step: 'health', instanceUsable: true });
    expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ state: 'whole' });
    expect(tally(await add(1))).toEqual(span(1, 8, 8));
  });

  it('ends before a call reaches the host twice', async () => {
    let lines = 0;
    counters.onLine = () => lines++;
    const { add, counting, reload } = await setUp();
    const reloading = failureOf(reload(2, undefined, trial(1000)));
    const calls: Promise<Answer>[] = [];
    await during(reloading, async () => {
      calls.push(counting().add(1n), counting().announce(), counting().add(1n));
      await Promise.all(calls);
    });
    counters.onLine = undefined;
    expect((await reloading).message).toContain('a call reached the host');
    expect(lines).toBe(calls.length / 3);
    expect(tally(await add(1))).toEqual(span(1, calls.length + 4, calls.length + 4));
  });
});

describe('a host import that its call waits for', () => {
  const patient = new IsolatedCounters();
  afterAll(() => patient.engine.close());

  it.each([
    ['a reload', ({ reload }: Awaited<ReturnType<typeof setUp>>) => reload(3)],
    ['a rollback', ({ reloader }) => reloader.rollBack()],
    ['a save', ({ reloader }) => reloader.save()],
    ['a call', ({ counting }) => counting().add(1n)],
  ])('may not wait for %s of the same plugin: that says so, and nothing hangs', async (_, wait) => {
    const plugin = await isolatedSetUp(patient, { recovery: true, catchUp: 'always' });
    await plugin.reload(2);
    let refused: unknown;
    patient.onLine = async () => {
      patient.onLine = undefined;
      refused = await wait(plugin).then(
        () => undefined,
        (error: Error) => error,
      );
    };
    const calls = [plugin.counting().announce(), plugin.counting().add(1n)];
    expect(await outcomes(calls)).toEqual([2, 2]);
    expect((refused as Error).message).toContain('a host import may not call back into it');
    expect(tally(await plugin.add(1))).toEqual(span(2, 6, 6));
  });
});
