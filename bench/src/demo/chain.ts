import { AUDIO_EFFECT_WORLD } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { Audio } from './audio.js';
import type { PluginChoice } from './plugins.js';
import { openNativeStation } from './native-station.js';
import { openStation } from './open-station.js';
import type { Station } from './station.js';

/** Plugins that sound goes through, one after the other. */
export interface Chain {
  stations: Station[];
  close(): Promise<void>;
}

/**
 * Loads plugins and gets them ready for some sound.
 * @param native whether the last of them, the compressor, is its native twin
 * @throws {DemoError} a plugin is missing, or does not take such sound
 */
export async function openChain(
  choices: readonly PluginChoice[],
  { audio, native }: { audio: Audio; native: boolean },
): Promise<Chain> {
  const engine = createEngine({ world: AUDIO_EFFECT_WORLD, imports: IMPORTS });
  const stations: Station[] = [];
  try {
    for (const choice of choices) {
      const isNative = native && choice === choices.at(-1);
      const station = isNative ? openNativeStation(choice, audio) : openStation(engine, choice, audio);
      stations.push(await station);
    }
  } catch (error) {
    engine.close();
    throw error;
  }
  return {
    stations,
    async close() {
      for (const station of stations) await station.close();
      engine.close();
    },
  };
}

/** Imports for the plugins: a log, of which the demo shows some lines, and the settings they read. */
const IMPORTS = {
  'wasm-plugin:abi/log': {
    log(level: string, message: string): void {
      if (level === 'warn' || level === 'error') process.stderr.write(`${level}: ${message}\n`);
    },
  },
  'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
};
