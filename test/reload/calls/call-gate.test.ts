import { beforeEach, describe, expect, it } from 'vitest';
import { CallGate } from '../../../engine/src/reload/calls/call-gate.js';
import type { Exports, ReloadSubject, RunningVersion } from '../../../engine/src/reload/subject.js';
import { versionOf } from '../version-of.js';

let log: string[];
let open: Exports = {};
let gate: CallGate<RunningVersion>;
let refused: Error | undefined;

/** A version whose function `f` notes its call and gives a promise. */
const version = (name: string): RunningVersion =>
  versionOf(name, { f: async (value: number) => (log.push(`${name} ${value}`), `${name} ${value}`) });

/** A plugin whose calls give promises, or do not. */
function subject(calls: 'sync' | 'async'): ReloadSubject {
  let current = version('old');
  open = current.instance.exports;
  return {
    id: 'eq',
    calls,
    current: () => {
      const { instance } = current;
      instance.refuseReentry = () => {
        if (refused !== undefined) throw refused;
      };
      return current;
    },
    swap: (next) => {
      current = next;
      open = next.instance.exports;
    },
    route: (exports) => (open = exports ?? current.instance.exports),
    restart: async () => current,
  };
}

const call = (value: number): Promise<unknown> => (open['f'] as (value: number) => Promise<unknown>)(value);

beforeEach(() => {
  log = [];
  refused = undefined;
  gate = new CallGate(subject('async'));
});

describe('CallGate.route()', () => {
  it('sends calls elsewhere, until the next swap', async () => {
    gate.route(version('other').instance.exports);
    expect(await call(1)).toBe('other 1');
    gate.swap(version('new'));
    expect(await call(2)).toBe('new 2');
    gate.route(version('other').instance.exports);
    gate.route(undefined);
    expect(await call(3)).toBe('new 3');
  });
});

describe('CallGate.hold()', () => {
  it('lets calls go in their order, to whatever serves then', async () => {
    const release = gate.hold();
    const calls = [call(1), call(2)];
    await Promise.resolve();
    expect(log).toEqual([]);
    gate.swap(version('new'));
    calls.push(call(3));
    expect(log).toEqual([]);
    release();
    expect(await Promise.all(calls)).toEqual(['new 1', 'new 2', 'new 3']);
    expect(await call(4)).toBe('new 4');
    expect(log).toEqual(['new 1', 'new 2', 'new 3', 'new 4']);
  });

  it('holds until everybody who holds has let go', async () => {
    const [first, second] = [gate.hold(), gate.hold()];
    const waiting = call(1);
    first();
    await Promise.resolve();
    expect(log).toEqual([]);
    second();
    expect(await waiting).toBe('old 1');
  });

  it('passes on what a call throws, and refuses one that would wait for itself', async () => {
    const release = gate.hold();
    gate.route({ f: async () => Promise.reject(new Error('no')) });
    const waiting = call(1);
    refused = new Error('it waits for itself');
    await expect(call(2)).rejects.toThrow('it waits for itself');
    refused = undefined;
    release();
    await expect(waiting).rejects.toThrow('no');
  });
});

describe('CallGate.uninterrupted()', () => {
  it('does the work at once where calls do not give promises', () => {
    gate = new CallGate(subject('sync'));
    expect(gate.uninterrupted(() => 5)).toBe(5);
    expect(gate.busy).toBeUndefined();
  });

  it('holds calls while it works; who waits for the result goes on before they do', async () => {
    const work = gate.uninterrupted(async () => {
      log.push('work');
      return 'done';
    }) as Promise<string>;
    const [busy, waiting] = [gate.busy, call(1)];
    log.push(await work);
    expect(log).toEqual(['work', 'done']);
    await busy;
    expect(await waiting).toBe('old 1');
    expect(gate.busy).toBeUndefined();
  });

  it('lets calls go where the work fails', async () => {
    const work = gate.uninterrupted(async () => Promise.reject(new Error('failed')));
    const waiting = call(1);
    await expect(work).rejects.toThrow('failed');
    expect(await waiting).toBe('old 1');
  });

  it('stays busy until the last of several works is done', async () => {
    void gate.uninterrupted(async () => 1);
    const first = gate.busy;
    let finish = (): void => undefined;
    void gate.uninterrupted(async () => new Promise<void>((resolve) => (finish = resolve)));
    await first;
    expect(gate.busy).toBeDefined();
    finish();
    await gate.busy;
    expect(gate.busy).toBeUndefined();
  });
});
