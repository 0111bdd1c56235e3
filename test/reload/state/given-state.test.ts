import { encodeEnvelope } from '@wasm-plugin/engine/reload';
import { describe, expect, it } from 'vitest';
import { stateFrom } from '../../../engine/src/reload/state/given-state.js';
import type { SavedState } from '../../../engine/src/reload/state/saved-state.js';

const STATE: SavedState = {
  plugin: 'acme.eq',
  version: '1.0.0',
  schema: 1,
  abi: '0.1.0',
  savedAt: 5,
  payload: new Uint8Array([1, 2]),
};

describe('stateFrom()', () => {
  it('takes a state, and the bytes of one', () => {
    expect(stateFrom(STATE, 'acme.eq')).toBe(STATE);
    expect(stateFrom(encodeEnvelope(STATE), 'acme.eq')).toEqual(STATE);
  });

  it.each([
    ['a state', STATE],
    ['the bytes of one', encodeEnvelope(STATE)],
    ['bytes that are none', new Uint8Array([1, 2, 3])],
  ])('refuses %s of another plugin, in the step "carry"', (_, given) => {
    expect(() => stateFrom(given, 'acme.other')).toThrow(
      expect.objectContaining({ step: 'carry', cause: expect.objectContaining({ code: 'WP_STATE' }) }),
    );
  });
});
