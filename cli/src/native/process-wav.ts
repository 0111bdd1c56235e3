import type { AudioDescriptor } from '@wasm-plugin/abi';
/* oxlint-disable import/default, import/no-named-as-default-member -- to Node, the exports of a CommonJS module are its default */
import { writeFileSync } from 'node:fs';
import { settingKey } from '@wasm-plugin/native-bridge';
import wavefile from 'wavefile';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import type { Io } from '../io.js';
import type { Setting } from '../run/index.js';
import { pickPlugin, scanLibrary, withLibraryPlugin } from './library-plugin.js';
import { readWav, type Sound } from './read-wav.js';

const { WaveFile } = wavefile;
const FRAMES = 512;

/** Options of `processWav`. */
export interface ProcessOptions {
  input: string;
  output: string;
  plugin: string | undefined;
  settings: readonly Setting[];
  io: Io;
}

/** Its result. */
export interface ProcessedSound {
  plugin: string;
  frames: number;
  channels: number;
  sampleRateHz: number;
  /** The largest sample of the result, by its size. */
  peak: number;
}

/**
 * Processes a WAV file by a plugin of a library, and writes the result as 32-bit floats. The plugin's latency is compensated.
 * @throws {CliError} a file cannot be read or written, or the plugin does not accept the sound's format
 */
export async function processWav(path: string, options: ProcessOptions): Promise<ProcessedSound> {
  const { input, output, io, settings } = options;
  const scanned = await scanLibrary(path);
  const label = pickPlugin(path, scanned, options.plugin);
  const sound = readWav(input);
  const result = await withLibraryPlugin({ path, label, io }, (instance, { lifecycle, processor }) => {
    if (processor === undefined) throw new CliError(`Cannot use "${path}": the plugin processes no audio`);
    const descriptor = processor.describe();
    if (scanned.format !== 'wasm-plugin') refuseUnknown(settings, descriptor);
    lifecycle.init(settings);
    const channels = channelsFor(descriptor, { sound, path });
    const { sampleRateHz } = sound;
    const lane = instance.openLane({ sampleRateHz, maxFrames: FRAMES, channels });
    return render(sound, lane, { channels, latency: processor.describe().latencyFrames });
  });
  const wave = new WaveFile();
  wave.fromScratch(result.length, sound.sampleRateHz, '32f', result);
  try {
    writeFileSync(output, wave.toBuffer());
  } catch (error) {
    throw fileError('write', output, error);
  }
  const peak = result.reduce((most, channel) => channel.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
  const { length: frames = 0 } = result[0] ?? [];
  return { plugin: label, frames, channels: result.length, sampleRateHz: sound.sampleRateHz, peak };
}

/** Returns the channels of the lane. A sound of one channel goes into each of the plugin's. */
function channelsFor({ ports }: AudioDescriptor, { sound, path }: { sound: Sound; path: string }): number {
  const sum = (wanted: string): number =>
    ports.filter(({ direction }) => direction === wanted).reduce((all, { channels }) => all + channels, 0);
  const own = Math.max(sum('input'), sum('output'));
  const given = sound.channels.length;
  // LADSPA plugins of one channel run once a channel; those made with the header declare their most channels.
  if (own <= 1 || given === own || own >= 64) return given;
  if (given === 1) return own;
  throw new CliError(`Cannot process ${given} channels: the plugin of "${path}" has ${own}`);
}

interface Lane {
  inputs: readonly Float32Array[];
  outputs: readonly Float32Array[];
  process(frames: number): void;
}

function render(
  { channels: source }: Sound,
  lane: Lane,
  { channels, latency }: { channels: number; latency: number },
): Float32Array<ArrayBuffer>[] {
  const frames = source[0]?.length ?? 0;
  const result = Array.from({ length: channels }, () => new Float32Array(frames));
  for (let start = 0; start < frames + latency; start += FRAMES) {
    const count = Math.min(FRAMES, frames + latency - start);
    for (const [channel, input] of lane.inputs.entries()) {
      const part = (source[channel] ?? source[0])?.subarray(start, start + count) ?? [];
      input.fill(0);
      input.set(part);
    }
    lane.process(count);
    for (const [channel, output] of lane.outputs.entries()) {
      const skipped = Math.max(0, latency - start);
      if (skipped < count) result[channel]?.set(output.subarray(skipped, count), start + skipped - latency);
    }
  }
  return result;
}

function refuseUnknown(settings: readonly Setting[], { parameters }: AudioDescriptor): void {
  const names = parameters.filter(({ flags }) => !flags.readOnly).map(({ name }) => name);
  for (const { key } of settings) {
    if (names.some((name) => name === key || settingKey(name) === key)) continue;
    throw new CliError(`Cannot set "${key}": the plugin has no such parameter`, {
      exitCode: 2,
      hint: `Its parameters are ${names.map((name) => `"${name}"`).join(', ')}`,
    });
  }
}
