import { PluginError } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { CallGate } from '../../../engine/src/reload/calls/call-gate.js';
import type { ReloadEvent } from '../../../engine/src/reload/reload-options.js';
import { createConfirmTimer } from '../../../engine/src/reload/return/confirm-window.js';
import { OldVersion } from '../../../engine/src/reload/return/old-version.js';
import { Recording } from '../../../engine/src/reload/return/recording.js';
import { Retired } from '../../../engine/src/reload/return/retired.js';
import type { SafetyNetOptions } from '../../../engine/src/reload/return/safety-net-options.js';
import { Counters, ManualClock, Subject } from '../counter.js';

const counters = await new Counters().load();

/** A counter that was just replaced by another, which traps at once or later. */
function replaced({ fault, ...options }: Partial<SafetyNetOptions> & { fault?: string } = {}) {
  const clock = new ManualClock();
  const events: ReloadEvent[] = [];
  const [old, fresh] = [counters.start(1), counters.start(1, fault === undefined ? {} : { fault })];
  const subject = new Subject(counters, old);
  const gate = new CallGate(subject);
  const all: SafetyNetOptions = {
    carry: { plugin: 'counter', migrations: [], budget: {}, clock },
    catchUp: 'when-safe',
    emit: (event) => events.push(event),
    ...options,
  };
  const recording = new Recording({ subject, gate }, all);
  const kept = new OldVersion({ gate, retired: new Retired(), recording }, all);
  gate.swap(fresh);
  const recorded = recording.start(fresh, undefined);
  kept.keep({ old, oldPoint: undefined, fresh, recorded, timer: createConfirmTimer(clock, 100), calls: 3 });
  return { clock, events, subject, gate, recording, kept, old, fresh };
}

describe('OldVersion.keep()', () => {
  it('lets the old version go after so many calls', async () => {
    const { subject, kept, old, events } = replaced();
    for (let calls = 0; calls < 2; calls++) subject.counting.add(1n);
    expect(kept.version).toBe(old);
    subject.counting.add(1n);
    expect(kept.version).toBeUndefined();
    expect(events).toEqual([{ kind: 'confirmed', version: '1.0.0', calls: 3 }]);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(old.instance.state).toBe('closed');
  });

  it('lets it go after that time, with what was called until then', async () => {
    const { clock, kept, subject, events, old } = replaced();
    subject.counting.add(1n);
    await clock.pass(99);
    expect(kept.version).toBe(old);
    await clock.pass(1);
    expect([kept.version, events]).toEqual([undefined, [{ kind: 'confirmed', version: '1.0.0', calls: 1 }]]);
  });

  it('makes the call that the new version dies of to the old one, behind those since the swap', () => {
    const { subject, events, old } = replaced({ fault: 'call-1' });
    expect(subject.counting.add(5n)).toMatchObject({ total: 5n, calls: 1n });
    expect(subject.current()).toBe(old);
    expect(events).toMatchObject([{ kind: 'rolled-back', replayed: 0, lost: 0 }]);
  });
});

describe('OldVersion.bringBack()', () => {
  it('makes the calls since the swap again, and closes the new version', () => {
    const { subject, kept, old, fresh, events } = replaced();
    subject.counting.add(1n);
    subject.counting.add(2n);
    void kept.bringBack('asked');
    expect(subject.current()).toBe(old);
    expect(subject.counting.read()).toMatchObject({ total: 3n, calls: 2n });
    expect(fresh.instance.state).toBe('closed');
    expect(events).toEqual([
      expect.objectContaining({
        kind: 'rolled-back',
        reason: 'asked',
        replayed: 2,
        lost: 0,
        obstacle: undefined,
      }),
    ]);
  });

  it.each([
    ['the option forbids it', { catchUp: 'never' } as const, 0, 'the option "catchUp" is "never"'],
    ['they have called the host', {}, 1, 'they have called the host'],
  ])('loses the calls since where %s', (_, options, announced, obstacle) => {
    const { subject, kept, events } = replaced(options);
    subject.counting.add(1n);
    for (let times = 0; times < announced; times++) subject.counting.announce();
    void kept.bringBack('asked');
    expect(subject.counting.read()).toMatchObject({ total: 0n });
    expect(events).toMatchObject([{ kind: 'rolled-back', replayed: 0, lost: 1 + announced, obstacle }]);
  });

  it('throws where the old version is dead, and the new one stays', () => {
    const { subject, kept, old, fresh } = replaced();
    void old.instance.close();
    expect(() => kept.bringBack('asked')).toThrow(
      expect.objectContaining({ code: 'WP_RELOAD', step: 'rollback' }),
    );
    expect([subject.current(), kept.version, fresh.instance.state]).toEqual([fresh, undefined, 'ready']);
    expect(subject.counting.add(1n)).toMatchObject({ total: 1n });
  });

  it('throws the reason where no version is kept', () => {
    const { kept } = replaced();
    kept.close();
    const reason = new PluginError('WP_RELOAD', 'no reason');
    expect(() => kept.bringBack(reason)).toThrow(reason);
  });

  it('goes on writing calls down with recovery', () => {
    const { subject, kept, recording } = replaced({ recovery: true });
    void kept.bringBack('asked');
    subject.counting.add(1n);
    expect(recording.calls?.journal.count).toBe(1);
    const without = replaced();
    void without.kept.bringBack('asked');
    expect(without.recording.calls).toBeUndefined();
  });
});

describe('OldVersion.confirm() and close()', () => {
  it('confirm() lets the old version go and says so, once', () => {
    const { subject, kept, events } = replaced();
    subject.counting.add(1n);
    kept.confirm();
    kept.confirm();
    expect([kept.version, events]).toEqual([undefined, [{ kind: 'confirmed', version: '1.0.0', calls: 1 }]]);
  });

  it('close() says nothing, and no timer comes later', async () => {
    const { kept, events, clock } = replaced();
    kept.close();
    await clock.pass(1000);
    expect([kept.version, events]).toEqual([undefined, []]);
  });
});
