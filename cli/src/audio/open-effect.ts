import { AUDIO_EFFECT_WORLD, type AudioEffect, type Limits } from '@wasm-plugin/abi';
import {
  createEngine,
  openLane,
  type Instance,
  type LaneSetup,
  type RealtimeLane,
} from '@wasm-plugin/engine';

/** A running effect. */
export interface Effect extends AudioEffect {
  instance: Instance<object>;
  /** Prepares it, and opens its realtime lane. */
  lane(setup: LaneSetup): RealtimeLane;
  /** Number of calls of host functions so far. */
  hostCalls(): number;
}

/** Makes instances of one effect. */
export type OpenEffect = () => Effect;

/** Enough for any block. The checks read the counted fuel, which is the same on each machine. */
const LIMITS: Limits = { fuel: 1e12, memoryBytes: '1 GiB' };

/**
 * Loads an audio effect.
 * @param component bytes of a component of the world `wasm-plugin:abi/audio-effect`
 * @throws {PluginError} it cannot be loaded, or is no audio effect
 */
export async function loadEffect(component: Uint8Array): Promise<OpenEffect> {
  let calls = 0;
  const engine = createEngine({
    world: AUDIO_EFFECT_WORLD,
    limits: LIMITS,
    imports: {
      'wasm-plugin:abi/log': { log: () => void calls++ },
      'wasm-plugin:abi/config': { get: () => void calls++, keys: () => (calls++, []) },
    },
  });
  const plugin = await engine.load<AudioEffect>(component);
  return () => {
    const instance = plugin.instantiate();
    const { lifecycle, state, processor } = instance.exports;
    lifecycle.init([]);
    return {
      instance,
      lifecycle,
      state,
      processor,
      lane: (setup) => openLane(instance, setup),
      hostCalls: () => calls,
    };
  };
}
