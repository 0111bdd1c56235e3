import { Random } from '../random/index.js';
import type { AudioCheck, AudioCheckResult } from './audio-check.js';
import {
  AUTOMATION,
  BLOCK_SIZES,
  FINITE,
  LATENCY,
  REALTIME,
  RECOVERY,
  RESET,
  SETUPS,
  SILENCE,
  STATE,
  STEADY_COST,
} from './checks/index.js';
import { loadEffect } from './open-effect.js';

/** Every check, the least strict first. */
export const AUDIO_CHECKS: readonly AudioCheck[] = [
  FINITE,
  SETUPS,
  REALTIME,
  BLOCK_SIZES,
  LATENCY,
  STATE,
  RESET,
  RECOVERY,
  SILENCE,
  AUTOMATION,
  STEADY_COST,
];

/** The strictest level. */
export const MAX_STRICTNESS = 10;

export interface AudioCheckOptions {
  /** 1 to 10: checks above it are left out. @default 10 */
  strictness?: number;
  /** Seed of the noise and of the parameters. @default 1 */
  seed?: number;
  /** Returns whether to run the check of a name. @default all */
  selects?: (name: string) => boolean;
}

/**
 * Checks an audio effect: its treatment of sound, state, parameters and time. Results do not depend on the machine.
 * @param component bytes of a component of the world `wasm-plugin:abi/audio-effect`
 * @throws {PluginError} it cannot be loaded, or is no audio effect
 */
export async function checkAudio(
  component: Uint8Array,
  { strictness = MAX_STRICTNESS, seed = 1, selects = () => true }: AudioCheckOptions = {},
): Promise<AudioCheckResult[]> {
  const open = await loadEffect(component);
  return AUDIO_CHECKS.filter(({ level, name }) => level <= strictness && selects(name)).map(
    ({ name, claim, level, run }) => ({
      name,
      claim,
      level,
      found: outcome(() => run({ open, random: new Random(seed) })),
    }),
  );
}

/** A check that ends in an error, such as a trap of the effect, has found that. */
function outcome(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
