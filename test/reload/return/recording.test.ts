import { describe, expect, it } from 'vitest';
import { CallGate } from '../../../engine/src/reload/calls/call-gate.js';
import type { ReloadEvent } from '../../../engine/src/reload/reload-options.js';
import { Recording } from '../../../engine/src/reload/return/recording.js';
import type { SafetyNetOptions } from '../../../engine/src/reload/return/safety-net-options.js';
import { Counters, ManualClock, Subject } from '../counter.js';
import { versionOf } from '../version-of.js';

const counters = await new Counters().load();
const FIRST = 10;
const none = (): void => undefined;

/** A counter that serves, and the recorder of its calls. */
function set(options: Partial<SafetyNetOptions> = {}) {
  const events: ReloadEvent[] = [];
  const subject = new Subject(counters, counters.start(1));
  const all: SafetyNetOptions = {
    carry: { plugin: 'counter', migrations: [], budget: {}, clock: new ManualClock() },
    catchUp: 'when-safe',
    emit: (event) => events.push(event),
    recovery: true,
    ...options,
  };
  const recording = new Recording({ subject, gate: new CallGate(subject) }, all);
  return { events, subject, recording, options: all };
}

describe('Recording', () => {
  it('knows the state of the instance as a state and the calls since', () => {
    const { subject, recording } = set();
    const calls = recording.start(subject.current(), undefined);
    expect(recording.point).toBeUndefined();
    subject.counting.add(1n);
    recording.save();
    subject.counting.add(2n);
    expect(recording.point?.state).toMatchObject({ plugin: 'counter', version: '1.0.0', schema: 1 });
    expect(recording.point?.since).toEqual([calls.journal]);
    expect([calls.journal.count, recording.calls]).toEqual([1, calls]);
  });

  it('goes on from a point: its calls, and those since', () => {
    const { subject, recording } = set();
    recording.start(subject.current(), undefined);
    recording.save();
    const { point } = recording;
    const next = counters.start(1);
    recording.prepare(next.instance);
    subject.swap(next);
    const calls = recording.start(next, point);
    expect(recording.point?.since).toEqual([...(point?.since ?? []), calls.journal]);
  });

  it('saves the state anew once the journal is full', () => {
    const { subject, recording } = set({ journal: { calls: FIRST } });
    const { journal } = recording.start(subject.current(), undefined);
    recording.save();
    const before = recording.point?.state;
    for (let calls = 1; calls < FIRST; calls++) subject.counting.add(1n);
    expect([recording.point?.state, journal.count]).toEqual([before, FIRST - 1]);
    subject.counting.add(1n);
    expect(journal.count).toBe(0);
    expect(recording.point?.state).not.toEqual(before);
  });

  it('says where saving fails, keeps the point, and does not ask again with each call', () => {
    const { subject, recording, events } = set({ journal: { calls: 2 }, carry: budget(1) });
    recording.start(subject.current(), undefined);
    for (let calls = 0; calls < 3; calls++) subject.counting.add(1n);
    expect(events).toEqual([{ kind: 'save-failed', error: expect.objectContaining({ step: 'save' }) }]);
    expect(recording.point).toBeUndefined();
  });

  it('does not save within a save', () => {
    let saves = 0;
    const state = {
      schema: () => 1,
      serialize: () => {
        saves++;
        recording.save();
        return new Uint8Array([saves]);
      },
    };
    const version = versionOf('1.0.0', { 'wasm-plugin:abi/state@0.1.0': state });
    const subject = { id: 'eq', calls: 'sync', current: () => version, swap: none, route: none } as const;
    const plain = { ...subject, restart: async () => version };
    const recording = new Recording({ subject: plain, gate: new CallGate(plain) }, set().options);
    recording.start(version, undefined);
    recording.save();
    expect([saves, recording.point?.state.payload]).toEqual([1, new Uint8Array([1])]);
    recording.save();
    expect(saves).toBe(2);
  });

  it('forgets all in stop(), and saves nothing of an instance that is dead', () => {
    const { subject, recording, events } = set();
    const calls = recording.start(subject.current(), undefined);
    recording.stop();
    expect([recording.calls, recording.point]).toEqual([undefined, undefined]);
    expect(calls.journal.calledHost).toBe(false);
    subject.current().instance.close();
    recording.save();
    expect([recording.point, events]).toEqual([undefined, []]);
  });

  it('saves in listen() where the state cannot be had from the calls', () => {
    const { subject, recording } = set({ journal: { calls: 1 } });
    const calls = recording.start(subject.current(), undefined);
    calls.listen({ answered: () => undefined, died: () => undefined });
    subject.counting.add(1n);
    recording.listen(calls);
    const saved = recording.point?.state;
    expect(saved).toBeDefined();
    recording.listen(calls);
    expect(recording.point?.state).toBe(saved);
    subject.counting.add(1n);
    expect([calls.journal.count, recording.point?.state === saved]).toEqual([0, false]);
  });
});

function budget(stateBytes: number): SafetyNetOptions['carry'] {
  return { plugin: 'counter', migrations: [], budget: { stateBytes }, clock: new ManualClock() };
}
