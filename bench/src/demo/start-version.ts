import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PluginError, type GuestError } from '@wasm-plugin/abi';
import { openLane, type Engine, type Instance, type RealtimeLane } from '@wasm-plugin/engine';
import type { AudioPlugin, Description } from './audio-plugin.js';
import type { Audio } from './audio.js';
import { DemoError } from './demo-error.js';
import type { PluginChoice } from './plugins.js';
import type { StationVersion } from './station.js';

/** How many frames are processed at once. */
export const BLOCK_FRAMES = 128;

export function describe(instance: Instance<AudioPlugin>): Description {
  return instance.exports.processor.describe();
}

/**
 * Loads a version of a plugin and gets it ready for some sound.
 * @throws {DemoError} it is missing, or does not take such sound
 */
export async function startVersion(
  engine: Engine,
  { file, version }: { file: string; version: string },
  { choice, audio }: { choice: PluginChoice; audio: Audio },
): Promise<StationVersion> {
  const plugin = await engine.load<AudioPlugin>(readPlugin(file), { name: basename(file, '.wasm') });
  const instance = plugin.instantiate();
  instance.exports.lifecycle.init(Object.entries(choice.settings).map(([key, value]) => ({ key, value })));
  const { name: title, ports } = describe(instance);
  const channels = audio.channels.length;
  const most = Math.min(...ports.map((port) => port.channels));
  if (channels > most) {
    throw new DemoError(`Cannot process ${countText(channels)}: the plugin "${title}" takes at most ${most}`);
  }
  return { version, file, instance, lane: prepare(instance, { title, audio }) };
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

function prepare(
  instance: Instance<AudioPlugin>,
  { title, audio }: { title: string; audio: Audio },
): RealtimeLane {
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
