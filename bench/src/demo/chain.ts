import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AUDIO_EFFECT_WORLD, PluginError, type GuestError } from '@wasm-plugin/abi';
import { createEngine, openLane, type Engine, type Instance, type RealtimeLane } from '@wasm-plugin/engine';
import type { Audio } from './audio.js';
import { BlockTimes } from './block-times.js';
import { DemoError } from './demo-error.js';
import type { PluginChoice } from './plugins.js';

/** How many frames are processed at once. */
export const BLOCK_FRAMES = 128;

/** A running plugin of the chain. */
export interface Station {
  /** What the plugin calls itself. */
  title: string;
  instance: Instance;
  lane: RealtimeLane;
  /** Frames that its output lags behind. */
  latencyFrames: number;
  times: BlockTimes;
}

/** Plugins that sound goes through, one after the other. */
export interface Chain {
  stations: Station[];
  close(): void;
}

/** What the demo uses of `wasm-plugin:abi/processor` and `lifecycle`. */
interface AudioPlugin {
  processor: {
    describe(): {
      name: string;
      ports: { direction: string; channels: number }[];
      latencyFrames: number;
    };
  };
  lifecycle: { init(settings: { key: string; value: string }[]): void };
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

async function openStation(engine: Engine, { file, settings }: PluginChoice, audio: Audio): Promise<Station> {
  const plugin = await engine.load(readPlugin(file), { name: basename(file, '.wasm') });
  const instance = plugin.instantiate();
  const { processor, lifecycle } = instance.exports as unknown as AudioPlugin;
  lifecycle.init(Object.entries(settings).map(([key, value]) => ({ key, value })));
  const { name: title, ports } = processor.describe();
  const channels = audio.channels.length;
  const most = Math.min(...ports.map((port) => port.channels));
  if (channels > most) {
    throw new DemoError(`Cannot process ${countText(channels)}: the plugin "${title}" takes at most ${most}`);
  }
  const lane = prepare(instance, { title, audio });
  const { latencyFrames } = processor.describe();
  return { title, instance, lane, latencyFrames, times: new BlockTimes() };
}

function readPlugin(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new DemoError(`Cannot load the plugin "${basename(file)}": ${(error as Error).message}`, {
      hint: 'Plugins are built by "npm run build:guests"',
      cause: error,
    });
  }
}

function prepare(instance: Instance, { title, audio }: { title: string; audio: Audio }): RealtimeLane {
  const { sampleRateHz, channels } = audio;
  try {
    return openLane(instance, { sampleRateHz, maxFrames: BLOCK_FRAMES, channels: channels.length });
  } catch (error) {
    if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
    const { payload } = error as GuestError;
    const said = (payload as { val?: unknown } | undefined)?.val ?? error.message;
    throw new DemoError(
      `Cannot process ${countText(channels.length)} at ${sampleRateHz} Hz: the plugin "${title}" says: ${String(said)}`,
      { cause: error },
    );
  }
}

function countText(channels: number): string {
  return channels === 1 ? '1 channel' : `${channels} channels`;
}
