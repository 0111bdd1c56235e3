import { readGuest } from '../guests.js';
import { syntheticComponent } from './synthetic-component.js';

/** A component that is loaded. */
export interface Subject {
  name: string;
  bytes: Uint8Array;
  imports: Record<string, unknown>;
}

/** Imports of this project's audio plugins. */
export const AUDIO_HOST = {
  'wasm-plugin:abi/log': { log: () => undefined },
  'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
};

export const EQ = 'EQ plugin';
export const SMALL = '1 MB component';
export const LARGE = '10 MB component';

/** Makes the components to load. */
export async function loadSubjects({ quick }: { quick: boolean }): Promise<Subject[]> {
  const share = quick ? 0.01 : 1;
  return [
    { name: EQ, bytes: readGuest('plugins-as/build/eq.wasm'), imports: AUDIO_HOST },
    {
      name: 'compressor plugin',
      bytes: readGuest('plugins-rust/build/compressor.wasm'),
      imports: AUDIO_HOST,
    },
    { name: SMALL, bytes: await syntheticComponent(1e6 * share), imports: {} },
    { name: LARGE, bytes: await syntheticComponent(10e6 * share), imports: {} },
  ];
}
