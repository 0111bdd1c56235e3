import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PluginError, type AudioEffect, type GuestError } from '@wasm-plugin/abi';
import type { Engine } from '@wasm-plugin/engine';
import { openReloadableLane, type ReloadableLaneOptions } from '@wasm-plugin/engine/reload';
import type { Audio } from './audio.js';
import { DemoError } from './demo-error.js';
import type { PluginChoice } from './plugins.js';
import { Station } from './station.js';

/** Frames in a block. */
export const BLOCK_FRAMES = 128;
/** For how many blocks a new version is on trial: 171 ms at 48 kHz. */
const CONFIRM_BLOCKS = 64;

/**
 * Loads a plugin and gets it ready for some sound.
 * @throws {DemoError} it is missing, or does not take such sound
 */
export async function openStation(engine: Engine, choice: PluginChoice, audio: Audio): Promise<Station> {
  const { sampleRateHz, channels } = audio;
  const component = readPlugin(choice.file);
  const title = await titleOf(engine, component, { file: choice.file, channels: channels.length });
  const openLane = async (onEvent: NonNullable<ReloadableLaneOptions['onEvent']>) => {
    try {
      return await openReloadableLane<AudioEffect>(engine, {
        component,
        version: choice.version,
        name: basename(choice.file, '.wasm'),
        settings: Object.entries(choice.settings).map(([key, value]) => ({ key, value })),
        setup: { sampleRateHz, maxFrames: BLOCK_FRAMES, channels: channels.length },
        crossfade: 'none',
        confirmBlocks: CONFIRM_BLOCKS,
        onEvent,
      });
    } catch (error) {
      if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
      const { payload } = error as GuestError;
      const said = (payload as { val?: unknown } | undefined)?.val ?? error.message;
      throw new DemoError(
        `Cannot process ${countText(channels.length)} at ${sampleRateHz} Hz: the plugin "${title}" says: ${String(said)}`,
        { cause: error },
      );
    }
  };
  return await Station.open({ title, later: choice.later, openLane, read: readPlugin });
}

/** Asks a plugin for its title. @throws {DemoError} it does not take so many channels */
async function titleOf(
  engine: Engine,
  component: Uint8Array,
  { file, channels }: { file: string; channels: number },
): Promise<string> {
  const plugin = await engine.load<AudioEffect>(component, { name: basename(file, '.wasm') });
  const { name: title, ports } = plugin.instantiate().exports.processor.describe();
  plugin.close();
  const most = Math.min(...ports.map((port) => port.channels));
  if (channels <= most) return title;
  throw new DemoError(`Cannot process ${countText(channels)}: the plugin "${title}" takes at most ${most}`);
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

function countText(channels: number): string {
  return channels === 1 ? '1 channel' : `${channels} channels`;
}
