import { PluginError, TrapError } from '@wasm-plugin/abi';
import { beforeEach, describe, expect, it } from 'vitest';
import { RecordedCalls, type FailedCall } from '../../../engine/src/reload/calls/recorded-calls.js';
import { versionOf, type PlainInstance } from '../version-of.js';

let instance: PlainInstance;
let answered: number;
let died: FailedCall[];
let calls: RecordedCalls;

function record(exports: object): void {
  ({ instance } = versionOf('1.0.0', exports));
  answered = 0;
  died = [];
  calls = new RecordedCalls(instance, {
    answered: () => void answered++,
    died: (call) => (died.push(call), 'from elsewhere'),
  });
}

const call = (name: string, ...args: unknown[]): unknown =>
  (calls.exports[name] as (...args: unknown[]) => unknown)(...args);

/** Ends the instance, as a trap does. */
function trap(): never {
  instance.state = 'dead';
  throw new TrapError('WP_TRAP', 'trapped');
}

describe('RecordedCalls', () => {
  beforeEach(() =>
    record({
      add: (a: number, b: number) => a + b,
      refuse: () => {
        throw new PluginError('WP_GUEST', 'no');
      },
      within: () => {
        throw new PluginError('WP_TRAP_ABI', 'within another call');
      },
      between: () => {
        throw new PluginError('WP_LIFECYCLE', 'between two versions');
      },
      trap,
    }),
  );

  it('counts what returns, and what the guest refuses', () => {
    expect(call('add', 1, 2)).toBe(3);
    expect(() => call('refuse')).toThrow('no');
    expect([answered, calls.journal.count]).toEqual([2, 2]);
  });

  it('does not count a call that was not let in', () => {
    expect(() => call('within')).toThrow('within another call');
    expect(() => call('between')).toThrow('between two versions');
    expect([answered, calls.journal.count]).toEqual([0, 0]);
  });

  it('lets the listener answer the call that ends the instance, and does not count it', () => {
    expect(call('trap', 1, 'x')).toBe('from elsewhere');
    expect(died).toEqual([{ path: ['trap'], args: [1, 'x'], error: expect.any(TrapError) }]);
    expect([answered, calls.journal.count]).toEqual([0, 0]);
  });

  it('tells somebody else after listen()', () => {
    let others = 0;
    calls.listen({ answered: () => void others++, died: () => 'other' });
    call('add', 1, 2);
    expect([answered, others, call('trap')]).toEqual([0, 1, 'other']);
  });
});

describe('RecordedCalls of functions that give promises', () => {
  let settle: ((value: unknown) => void)[];

  beforeEach(() => {
    settle = [];
    record({ f: async () => new Promise((resolve) => settle.push(resolve)), trap: async () => trap() });
  });

  it('is quiet once none is on its way', async () => {
    expect(calls.quiet).toBeUndefined();
    const [first, second] = [call('f'), call('f')];
    let isQuiet = false;
    const quiet = calls.quiet?.then(() => (isQuiet = true));
    settle[1]?.('two');
    expect([await second, isQuiet, answered]).toEqual(['two', false, 1]);
    settle[0]?.('one');
    await quiet;
    expect([await first, answered, calls.quiet]).toEqual(['one', 2, undefined]);
  });

  it('lets the listener answer one that ends the instance', async () => {
    expect(await call('trap')).toBe('from elsewhere');
    expect([calls.journal.count, calls.quiet]).toEqual([0, undefined]);
  });
});
