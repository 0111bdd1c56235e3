import { AUDIO_EFFECT_WORLD } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { Audio } from './audio.js';
import type { PluginChoice } from './plugins.js';
import { openStation } from './open-station.js';
import type { Station } from './station.js';

/** Plugins that sound goes through, one after the other. */
export interface Chain {
  stations: Station[];
  close(): void;
}

/**
 * Loads plugins and gets them ready for some sound.
 * @throws {DemoError} a plugin is missing, or does not take such sound
 */
export async function openChain(choices: readonly PluginChoice[], audio: Audio): Promise<Chain> {
  const engine = createEngine({ world: AUDIO_EFFECT_WORLD, imports: IMPORTS });
  const stations: Station[] = [];
  try {
    for (const choice of choices) stations.push(await openStation(engine, choice, audio));
  } catch (error) {
    engine.close();
    throw error;
  }
  return { stations, close: () => engine.close() };
}

/** What the plugins may use of the host: a log, of which the demo shows what matters, and settings they ask for. */
const IMPORTS = {
  'wasm-plugin:abi/log': {
    log(level: string, message: string): void {
      if (level === 'warn' || level === 'error') process.stderr.write(`${level}: ${message}\n`);
    },
  },
  'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
};
