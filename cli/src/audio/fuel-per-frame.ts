import { Random } from '../random/index.js';
import { loadEffect, type Effect, type OpenEffect } from './open-effect.js';
import { render, SETUP, turnParameters } from './signals.js';
import { median } from './statistics.js';
import { SOUNDS, soundSignal, type SoundName } from './test-sounds.js';

/** Blocks of each sound: a second. */
const BLOCKS = 375;

/** Fuel that an effect burns for a frame of all channels. Exact, and the same on each machine. */
export interface FuelPerFrame {
  /** The median over the blocks of noise. */
  usual: number;
  /** The most of any block, of any sound. */
  worst: number;
  /** The sound of that block. */
  sound: SoundName;
}

/**
 * Counts the fuel of an audio effect: blocks of 128 frames at 48 kHz, two channels or as many as its ports have, a second of each of
 * `SOUNDS`, with its parameters as they are and with each somewhere between its ends.
 * @param component bytes of a component of the world `wasm-plugin:abi/audio-effect`
 * @throws {PluginError} it cannot be loaded, is no audio effect, or traps
 * @example
 * const { usual, worst, sound } = await fuelPerFrame(await readFile('plugin.wasm'));
 */
export async function fuelPerFrame(
  component: Uint8Array,
  { seed = 1 }: { seed?: number } = {},
): Promise<FuelPerFrame> {
  const open = await loadEffect(component);
  let found: FuelPerFrame = { usual: 0, worst: 0, sound: 'noise' };
  for (const turned of [false, true]) {
    for (const sound of SOUNDS) {
      const costs = costsOf(open, { sound, turned, seed });
      const worst = round(costs.reduce((most, cost) => Math.max(most, cost), 0));
      if (worst > found.worst) found = { ...found, worst, sound };
      if (sound === 'noise' && !turned) found = { ...found, usual: round(median(costs)) };
    }
  }
  return found;
}

function costsOf(
  open: OpenEffect,
  { sound, turned, seed }: { sound: SoundName; turned: boolean; seed: number },
): number[] {
  const random = new Random(seed);
  const effect = open();
  const { maxFrames, sampleRateHz } = SETUP;
  const lane = effect.lane({ ...SETUP, channels: channelsOf(effect) });
  if (turned) turnParameters(effect, random);
  const signal = soundSignal(sound, { sampleRateHz, frames: BLOCKS * maxFrames, random });
  const costs: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    render(lane, { frames: maxFrames, signal, from: block * maxFrames });
    costs.push(Number(effect.instance.usage().fuel) / maxFrames);
  }
  effect.instance.close();
  return costs;
}

function channelsOf({ processor }: Effect): number {
  const { ports } = processor.describe();
  return Math.min(SETUP.channels, ...ports.map(({ channels }) => channels));
}

/** Keeps hundredths: blocks burn whole fuel, frames fractions. */
function round(cost: number): number {
  return Math.round(cost * 100) / 100;
}
