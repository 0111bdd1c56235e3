import { createEngine } from '@wasm-plugin/engine';
import { openReloadableLane, type ReloadableLane } from '@wasm-plugin/engine/reload';
import type { Clock } from '../../../harness/index.js';
import { readGuest } from '../../guests.js';
import type { Stretches } from './stretches.js';

export const FRAMES = 128;
export const RATE_HZ = 48_000;

/** For how many blocks the old version goes on: some 85 ms. */
const CONFIRM_BLOCKS = 32;

/** One plugin of the chain: its lane stays through its reloads. */
export interface Station {
  readonly lane: ReloadableLane;
  reload(): Promise<unknown>;
}

/** Opens a lane as hosts do, and records the times in which the thread instantiates and swaps. */
export async function openStation(
  path: string,
  { stretches, clock }: { stretches: Stretches; clock: Clock },
): Promise<Station> {
  const engine = createEngine({
    imports: {
      'wasm-plugin:abi/log': { log: () => undefined },
      'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
    },
  });
  const component = readGuest(path);
  const noting = {
    async load(bytes: Uint8Array, options: { name: string }) {
      const plugin = await engine.load(bytes, options);
      return {
        instantiate: () => stretches.during('instantiate', () => plugin.instantiate()),
        close: () => plugin.close(),
      };
    },
  };
  const lane = await openReloadableLane(noting, {
    component,
    version: '1.0.0',
    setup: { sampleRateHz: RATE_HZ, maxFrames: FRAMES, channels: 2 },
    confirmBlocks: CONFIRM_BLOCKS,
    onEvent: (event) => {
      if (event.kind === 'committed') stretches.add('swap', clock() - event.pauseMs * 1e6, clock());
    },
  });
  let number = 1;
  return { lane, reload: () => lane.reload({ component, version: `1.0.${number++}` }) };
}
