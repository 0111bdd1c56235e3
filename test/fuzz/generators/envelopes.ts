import { deepStrictEqual } from 'node:assert';
import { PluginError } from '@wasm-plugin/abi';
import { decodeEnvelope, encodeEnvelope, type SavedState } from '@wasm-plugin/engine/reload';
import type { Generator as FuzzGenerator } from '../generator.js';
import { mutate } from '../mutate.js';

interface Case {
  state: SavedState;
  /** The envelope, changed. */
  changed: Uint8Array;
}

const TEXTS = [
  '',
  'a',
  '1.2.3-beta.1',
  'acme.zähler',
  '\uFEFFmark',
  '\u0000',
  '😀',
  'x'.repeat(65_535),
  'x'.repeat(65_536),
];

/** Envelopes of states: whole ones give the state that was wrapped, changed ones are refused. */
export const generator: FuzzGenerator<Case> = {
  name: 'envelopes',
  testRuns: 100,
  make(random) {
    const state: SavedState = {
      plugin: random.pick(TEXTS),
      version: random.pick(TEXTS),
      abi: random.pick(TEXTS),
      schema: random.pick([0, 1, 0xffff_ffff, random.word()]),
      savedAt: random.pick([0, -1, 1.5, 1_700_000_000_123]),
      payload: Uint8Array.from(random.many(random.below(100), () => random.below(256))),
    };
    const fits = [state.plugin, state.version, state.abi].every((text) => text.length < 65_536);
    const bytes = fits ? encodeEnvelope(state) : Uint8Array.of(0);
    return { state, changed: mutate(bytes, random, bytes) };
  },
  check({ state, changed }) {
    let bytes: Uint8Array;
    try {
      bytes = encodeEnvelope(state);
    } catch (error) {
      if (PluginError.is(error) && error.code === 'WP_STATE') return 'too long';
      throw error;
    }
    deepStrictEqual(decodeEnvelope(bytes), state);
    if (Buffer.compare(bytes, changed) === 0) return 'whole';
    try {
      decodeEnvelope(changed);
    } catch (error) {
      if (PluginError.is(error) && error.code === 'WP_STATE') return error.code;
      throw error;
    }
    throw new Error('it was changed, and is taken');
  },
  show: ({ changed }) => changed,
};
