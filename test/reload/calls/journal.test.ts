import { Journal } from '#internals';
import type { CarrierInstance } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

function instanceOf(exports: object, hostCalls = (): number => 0): CarrierInstance {
  return {
    exports: exports as CarrierInstance['exports'],
    state: 'ready',
    death: undefined,
    usage: () => ({ hostCalls: hostCalls() }),
    close: () => undefined,
  };
}

describe('Journal', () => {
  it('replay() makes the answered calls again, with copies of their arguments', () => {
    const seen: unknown[] = [];
    const journal = new Journal(instanceOf({ add: () => 0 }));
    const bytes = new Uint8Array([1]);
    for (const args of [[bytes], [2]]) (journal.add(['add'], args) as { answered: boolean }).answered = true;
    journal.add(['add'], [3]);
    bytes[0] = 9;
    void journal.replay(instanceOf({ add: (value: unknown) => seen.push(value) }));
    expect([seen, journal.count]).toEqual([[new Uint8Array([1]), 2], 3]);
  });

  it('obstacle() names what keeps calls from being made again', () => {
    let hostCalls = 0;
    const journal = new Journal(instanceOf({}, () => hostCalls));
    expect(journal.obstacle('when-safe')).toBeUndefined();
    expect(journal.obstacle('never')).toContain('"never"');
    hostCalls = 1;
    expect(journal.obstacle('when-safe')).toContain('called the host');
    expect(journal.obstacle('always')).toBeUndefined();
    const Thing = class {
      readonly rep = 1;
    };
    expect(new Journal(instanceOf({ Thing })).obstacle('always')).toContain('"Thing"');
  });

  it('is full at its bounds, and has a gap beyond them', () => {
    const journal = new Journal(instanceOf({}), { calls: 2 });
    journal.add(['f'], []);
    expect(journal.full).toBe(false);
    journal.add(['f'], []);
    expect([journal.full, journal.whole]).toEqual([true, true]);
    expect(journal.add(['f'], [])).toBeUndefined();
    expect([journal.whole, journal.gap]).toEqual([false, 'there were more calls than are remembered']);
    journal.clear();
    expect([journal.whole, journal.count]).toEqual([true, 0]);
    const small = new Journal(instanceOf({}), { bytes: 10 });
    small.add(['f'], ['text of 10']);
    expect(small.full).toBe(true);
  });

  it('seal() lets go of the instance and keeps what is known', () => {
    let hostCalls = 0;
    const journal = new Journal(instanceOf({}, () => hostCalls));
    journal.seal();
    hostCalls = 1;
    expect(journal.calledHost).toBe(false);
  });
});
