import { createEngine, openLane, type Instance, type RealtimeLane } from '@wasm-plugin/engine';
import {
  Reloader,
  SwappableLane,
  type ReloadSubject,
  type RunningVersion,
} from '@wasm-plugin/engine/internals';
import type { Clock } from '../../../harness/index.js';
import { readGuest } from '../../guests.js';
import type { Stretches } from './stretches.js';

export const FRAMES = 128;
export const RATE_HZ = 48_000;

interface Version extends RunningVersion {
  readonly instance: Instance;
  readonly lane: RealtimeLane;
}

/** One plugin of the chain: its lane stays through its reloads. */
export interface Station {
  readonly lane: SwappableLane;
  reload(): Promise<unknown>;
}

/** Starts a plugin. Each step of a reload of it has a turn of its own, so that a block can be processed in between. */
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
  const plugin = await engine.load(readGuest(path));
  const open = async (version: string): Promise<Version> => {
    const instance = stretches.during('instantiate', () => plugin.instantiate());
    await nextTurn();
    const { init } = instance.exports['lifecycle'] as { init(settings: unknown[]): void };
    stretches.during('init', () => init([]));
    await nextTurn();
    const setup = { sampleRateHz: RATE_HZ, maxFrames: FRAMES, channels: 2 };
    const lane = stretches.during('open the lane', () => openLane(instance, setup));
    await nextTurn();
    return { instance, version, lane };
  };
  let current = await open('1.0.0');
  const lane = new SwappableLane(current.lane);
  const subject: ReloadSubject<Version> = {
    id: path,
    calls: 'sync',
    current: () => current,
    swap(next) {
      current = next;
      lane.swap(next.lane, { crossfade: 'linear' });
    },
    route: () => undefined,
    restart: () => open('1.0.0'),
  };
  const reloader = new Reloader(subject, {
    onEvent: (event) => {
      if (event.kind === 'committed') stretches.add('swap', clock() - event.pauseMs * 1e6, clock());
    },
  });
  let number = 1;
  return {
    lane,
    reload: () => reloader.reload(() => open(`1.0.${number++}`), { confirm: { calls: 1e9, ms: 100 } }),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
