import { CHORES, ENDED, FREE, InstanceContext, RootState, RUNNING, SUSPENDED } from '#internals';
import { TrapError } from '@wasm-plugin/abi';
import { beforeEach, describe, expect, it } from 'vitest';

let root: RootState;
let context: InstanceContext;

beforeEach(() => {
  root = new RootState('eq');
  context = new InstanceContext(root);
});

describe('InstanceContext.begin() and end()', () => {
  it('let one call in at a time', () => {
    context.begin();
    expect(context.lock).toBe(RUNNING);
    expect(() => context.begin()).toThrow('it is already running');
    context.end();
    expect(context.lock).toBe(FREE);
    context.begin();
  });

  it('throw the death of the instance, also where it came within the call', () => {
    const death = new TrapError('WP_CLOSED', 'closed');
    context.begin();
    root.kill(death);
    expect(context.lock).toBe(ENDED);
    expect(() => context.expectRunning()).toThrow(death);
    expect(() => context.end()).toThrow(death);
    expect(() => context.resume(0)).toThrow(death);
    expect(() => context.begin()).toThrow(death);
  });

  it('forget the borrows of an earlier call', () => {
    context.borrows = 3;
    context.begin();
    expect(context.borrows).toBe(0);
  });
});

describe('InstanceContext.beforeNextCall()', () => {
  it('has chores done before the next call, once', () => {
    const done: string[] = [];
    context.beforeNextCall(() => done.push('chore'));
    expect([context.lock, done]).toEqual([CHORES, []]);
    context.begin();
    expect([context.lock, done]).toEqual([RUNNING, ['chore']]);
    context.end();
    context.begin();
    expect(done).toEqual(['chore']);
  });
});

describe('InstanceContext.suspended', () => {
  it('refuses calls, and lets them in again after the chores', () => {
    const done: string[] = [];
    context.suspended = true;
    expect(context.lock).toBe(SUSPENDED);
    expect(() => context.begin()).toThrow(expect.objectContaining({ code: 'WP_LIFECYCLE' }));
    context.beforeNextCall(() => done.push('chore'));
    context.suspended = false;
    context.begin();
    expect([context.lock, done]).toEqual([RUNNING, ['chore']]);
  });

  it('changes nothing while a call runs, or after the end', () => {
    context.begin();
    context.suspended = true;
    expect(context.lock).toBe(RUNNING);
    root.kill(new TrapError('WP_CLOSED', 'closed'));
    context.suspended = false;
    expect(context.lock).toBe(ENDED);
  });
});

describe('InstanceContext.allowImports()', () => {
  it('throws what a guest called where it may call nothing', () => {
    context.mayLeave = false;
    context.allowImports();
    expect(context.mayLeave).toBe(true);
    const error = new TrapError('WP_TRAP_ABI', 'it called an import');
    context.refused = { first: 'log', calls: 1, words: [], error };
    expect(() => context.allowImports()).toThrow(error);
  });
});
