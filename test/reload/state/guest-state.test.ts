import { PluginError } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import {
  askAhead,
  checkHealth,
  hasState,
  restore,
  schemaOf,
  serialize,
} from '../../../engine/src/reload/state/guest-state.js';
import { versionOf } from '../version-of.js';

const STATE = 'wasm-plugin:abi/state@0.1.0';
const instanceOf = (state: object) => versionOf('1.0.0', { [STATE]: state }).instance;
const fail = (): never => {
  throw new PluginError('WP_GUEST', 'no');
};

describe('hasState() and schemaOf()', () => {
  it('asks an instance once for its schema', async () => {
    let asked = 0;
    const instance = instanceOf({ schema: () => ++asked, serialize: () => undefined });
    expect([hasState(instance), schemaOf(instance), schemaOf(instance)]).toEqual([true, 1, 1]);
    expect(hasState(versionOf('1.0.0', {}).instance)).toBe(false);
  });

  it('askAhead() swallows what fails, and asks nothing without a state', () => {
    expect(askAhead(instanceOf({ schema: fail, serialize: fail }), {})).toBeUndefined();
    expect(askAhead(versionOf('1.0.0', {}).instance, {})).toBeUndefined();
  });
});

describe('serialize()', () => {
  it.each([
    ['no bytes', () => 'text', 'Cannot save the state of "eq": it did not give bytes'],
    ['a refusal', fail, 'Cannot save the state of "eq": it refused'],
  ])('of %s is an error of the state', (_, write, message) => {
    expect(() => serialize(instanceOf({ serialize: write }), 'eq')).toThrow(
      expect.objectContaining({ code: 'WP_STATE', message: expect.stringContaining(message) }),
    );
  });

  it('holds the state to its size', () => {
    const instance = instanceOf({ serialize: () => new Uint8Array(10) });
    expect(serialize(instance, 'eq', { stateBytes: 10 })).toHaveLength(10);
    expect(() => serialize(instance, 'eq', { stateBytes: 9 })).toThrow(
      expect.objectContaining({ code: 'WP_QUOTA_STATE' }),
    );
  });

  it('puts the call under limits of its own, and takes them away again', () => {
    const limits: unknown[] = [];
    const instance = Object.assign(instanceOf({ serialize: fail }), {
      limitCalls: (given?: object) => void limits.push(given),
    });
    expect(() => serialize(instance, 'eq', { save: { fuel: 5 } })).toThrow('it refused');
    expect(limits).toEqual([{ fuel: 5 }, undefined]);
    expect(() => serialize(instanceOf({ serialize: fail }), 'eq', { save: { fuel: 5 } })).toThrow(
      expect.objectContaining({ code: 'WP_LIMITS' }),
    );
  });
});

describe('restore() and checkHealth()', () => {
  it('passes the payload, the schema and the version on', () => {
    const seen: unknown[] = [];
    const state = {
      plugin: 'eq',
      version: '1.0.0',
      schema: 3,
      abi: '0.1.0',
      savedAt: 0,
      payload: new Uint8Array(1),
    };
    restore(instanceOf({ restore: (...args: unknown[]) => void seen.push(...args) }), state);
    expect(seen).toEqual([state.payload, 3, '1.0.0']);
    expect(() => restore(instanceOf({ restore: fail }), state)).toThrow(
      'Cannot restore the state of "eq": it refused',
    );
  });

  it('asks for the health where there is something to ask', () => {
    const sick = versionOf('1.0.0', { 'wasm-plugin:abi/lifecycle@0.1.0': { health: fail } }).instance;
    expect(() => checkHealth(sick)).toThrow('no');
    expect(checkHealth(versionOf('1.0.0', {}).instance)).toBeUndefined();
  });
});
