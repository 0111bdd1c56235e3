import { describe, expect, it } from 'vitest';
import type { Event } from '../../engine/src/async/event.js';
import { Waitable, WaitableSet } from '../../engine/src/async/waitable.js';

class Bell extends Waitable {
  ring(code: number): void {
    this.setPending(() => ({ code, first: 0, second: 0 }));
  }
}

function delivered(set: WaitableSet): number[] {
  const events: Event[] = [];
  while (set.hasEvent) events.push(set.takeEvent());
  return events.map(({ code }) => code);
}

describe('WaitableSet', () => {
  it('delivers first what was pending first', () => {
    const set = new WaitableSet();
    const [a, b, c] = [new Bell(), new Bell(), new Bell()];
    for (const bell of [a, b, c]) bell.join(set);
    c.ring(3);
    a.ring(1);
    b.ring(2);
    expect(delivered(set)).toEqual([3, 1, 2]);
  });

  it('delivers the last event of a waitable, in its first place', () => {
    const set = new WaitableSet();
    const [a, b] = [new Bell(), new Bell()];
    a.join(set);
    b.join(set);
    a.ring(1);
    b.ring(2);
    a.ring(3);
    expect(delivered(set)).toEqual([3, 2]);
  });

  it('wakes those who wait, also for one that joins with an event', () => {
    const set = new WaitableSet();
    let woken = 0;
    set.waiters.add({ wake: () => void woken++ });
    const bell = new Bell();
    bell.ring(1);
    bell.join(set);
    expect(woken).toBe(1);
    bell.join(undefined);
    expect([set.hasEvent, bell.isPending]).toEqual([false, true]);
  });

  it('is dropped only while nobody uses it', () => {
    const set = new WaitableSet();
    const bell = new Bell();
    bell.join(set);
    expect(() => set.checkUnused()).toThrow(/waitables in it/);
    bell.join(undefined);
    const waiter = { wake: () => undefined };
    set.waiters.add(waiter);
    expect(() => set.checkUnused()).toThrow('cannot drop waitable set with waiters');
    set.waiters.delete(waiter);
    set.checkUnused();
  });
});
