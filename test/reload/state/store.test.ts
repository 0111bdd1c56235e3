import { createMemoryStore, type SavedState } from '@wasm-plugin/engine/reload';
import { describe, expect, it } from 'vitest';
import { storedStates } from '../../../engine/src/reload/state/stored-states.js';
import type { CarryOptions } from '../../../engine/src/reload/state/index.js';

const stateOf = (plugin: string, schema: number): SavedState => ({
  plugin,
  version: '1.0.0',
  schema,
  abi: '0.1.0',
  savedAt: 5,
  payload: new Uint8Array([schema]),
});

describe('createMemoryStore()', () => {
  it('keeps the newest state of each plugin, as a copy', async () => {
    const store = createMemoryStore();
    const state = stateOf('acme.eq', 2);
    await store.save(stateOf('acme.eq', 1));
    await store.save(state);
    await store.save(stateOf('acme.other', 3));
    state.payload[0] = 9;
    expect(await store.load('acme.eq')).toEqual({ state: stateOf('acme.eq', 2), skipped: [] });
    await store.remove('acme.eq');
    expect(await store.load('acme.eq')).toEqual({ state: undefined, skipped: [] });
    expect((await store.load('acme.other')).state?.schema).toBe(3);
  });
});

describe('storedStates()', () => {
  const carry = { plugin: 'acme.eq' } as CarryOptions;

  it('returns the state, and tells of each one that was passed over', async () => {
    const events: object[] = [];
    const [state, error] = [stateOf('acme.eq', 1), new Error('torn')];
    const store = {
      ...createMemoryStore(),
      load: async () => ({ state, skipped: [{ source: 'a', error }] }),
    };
    expect(await storedStates({ store, carry, emit: (event) => events.push(event) })).toEqual([state]);
    expect(events).toEqual([{ kind: 'skipped-state', source: 'a', error }]);
  });

  it('returns none without a store, and of one that is empty', async () => {
    const emit = (): void => undefined;
    expect(await storedStates({ carry, emit })).toEqual([]);
    expect(await storedStates({ store: createMemoryStore(), carry, emit })).toEqual([]);
  });
});
