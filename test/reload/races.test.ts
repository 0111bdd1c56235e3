import { encodeEnvelope, type ReloaderOptions } from '@wasm-plugin/engine/reload';
import { beforeAll, describe, expect, it } from 'vitest';
import { Counters, type CounterSettings } from './counter.js';
import { failureOf, setUp as setUpCounter } from './set-up.js';

let counters: Counters;

beforeAll(async () => {
  counters = await new Counters({ fuel: 5_000_000 }).load();
});

const setUp = (options: ReloaderOptions = {}, settings: CounterSettings = {}) =>
  setUpCounter(counters, options, settings);

const IDLE = { strategy: { kind: 'when-idle', idleMs: 50 } } as const;

describe('things that are asked of a reloader at the same time', () => {
  it('a reload after one that fails', async () => {
    const { call, reload, subject } = setUp();
    const [failed, done] = await Promise.allSettled([
      reload(2, 'init'),
      reload(3, undefined, { policy: 'discard-state' }),
    ]);
    expect([failed.status, done.status]).toEqual(['rejected', 'fulfilled']);
    expect(subject.current().version).toBe('3.0.0');
    expect(() => call(1)).toThrow();
  });

  it('a rollback of the reload that is on its way', async () => {
    const { call, reload, reloader, clock } = setUp();
    await reload(2, undefined);
    call(3);
    const reloading = reload(3, undefined, IDLE);
    const back = reloader.rollBack();
    await clock.pass(20);
    expect(call(2)).toEqual([2, 2]);
    await clock.pass(80);
    await Promise.all([reloading, back]);
    expect(call(3)).toEqual([2, 2, 2]);
    expect(await failureOf(reloader.rollBack())).toMatchObject({ step: 'rollback' });
  });

  it('a save and a reload: neither sees half of the other', async () => {
    const { call, reload, reloader } = setUp();
    const [before, , after] = await Promise.all([reloader.save(), reload(2, undefined), reloader.save()]);
    expect([before?.version, before?.schema, after?.version, after?.schema]).toEqual([
      '1.0.0',
      1,
      '2.0.0',
      2,
    ]);
    call(2);
  });

  it('its close: the reload ends first, and what serves goes on without a way back', async () => {
    const { call, reload, reloader, subject, clock } = setUp({ recovery: true });
    const old = subject.current().instance;
    const reloading = reload(2, undefined, IDLE);
    const closing = reloader.close();
    await clock.pass(100);
    await Promise.all([reloading, closing]);
    expect([old.state, reloader.confirming]).toEqual(['closed', false]);
    expect(call(200).every((version) => version === 2)).toBe(true);
  });

  it('a given state and a trial: refused, as a trial goes on from the present one', async () => {
    const { call, reload, reloader } = setUp();
    const state = encodeEnvelope((await reloader.save())!);
    const error = await failureOf(reload(2, undefined, { state, strategy: { kind: 'blue-green' } }));
    expect(error).toMatchObject({ step: 'prepare', instanceUsable: true });
    expect(call(2)).toEqual([1, 1]);
  });
});

describe('a rollback on request', () => {
  it('makes the calls since again, once', async () => {
    const { call, reload, reloader, events } = setUp();
    await reload(2, undefined);
    call(30);
    await reloader.rollBack('it hums');
    expect(events.at(-1)).toMatchObject({ kind: 'rolled-back', reason: 'it hums', replayed: 30, lost: 0 });
    expect(call(30).every((version) => version === 1)).toBe(true);
    expect(await failureOf(reloader.rollBack())).toMatchObject({ step: 'rollback' });
  });

  it('from the middle of a call: the new version ends there, and the old one knows nothing of the call', async () => {
    const { reload, reloader, subject, events } = setUp();
    await reload(2, undefined);
    counters.onLine = () => void reloader.rollBackNow('a line too many');
    expect(() => subject.counting.announce()).toThrow(
      expect.objectContaining({ code: 'WP_CLOSED' }) as Error,
    );
    counters.onLine = undefined;
    expect(events.at(-1)).toMatchObject({
      kind: 'rolled-back',
      replayed: 0,
      lost: 1,
      obstacle: 'they have called the host',
    });
    expect(subject.counting.read()).toMatchObject({ version: 1, calls: 10n });
  });

  it('is refused where the old version has ended meanwhile: the new one goes on', async () => {
    const { call, reload, reloader, subject } = setUp({ recovery: true });
    const old = subject.current().instance;
    await reload(2, undefined);
    call(5);
    old.close();
    expect(reloader.rollBackNow('why not')).toBeUndefined();
    const error = await failureOf(reloader.rollBack());
    expect(error.message).toContain('version 1.0.0 cannot come back: it is closed');
    expect(error).toMatchObject({ step: 'rollback', instanceUsable: true });
    expect([call(5), reloader.confirming]).toEqual([[2, 2, 2, 2, 2], false]);
  });
});

describe('an old version that ends in the confirm window', () => {
  it('leaves the trap of the new one to the caller, and nothing is put in its place', async () => {
    const { call, reload, subject } = setUp();
    const old = subject.current().instance;
    await reload(2, 'call-3');
    call(2);
    old.close();
    expect(() => subject.counting.add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }) as Error);
    expect(subject.current()).toMatchObject({ version: '2.0.0', instance: { state: 'dead' } });
  });

  it('does not keep the new one from being recovered with its whole state', async () => {
    const { call, reload, reloader, subject } = setUp({ recovery: true });
    const old = subject.current().instance;
    await reload(2, 'call-3');
    call(2);
    old.close();
    expect(() => subject.counting.add(1n)).toThrow();
    subject.restartSettings = {};
    expect(await reloader.recover()).toMatchObject({ version: '2.0.0', state: 'whole', replayed: 2 });
    expect(call(2)).toEqual([2, 2]);
  });
});
