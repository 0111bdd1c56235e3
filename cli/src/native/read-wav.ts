/* oxlint-disable import/default, import/no-named-as-default-member -- to Node, the exports of a CommonJS module are its default */
import wavefile from 'wavefile';
import { CliError } from '../cli-error.js';
import { readInput } from '../component/index.js';

const { WaveFile } = wavefile;

/** Sound of a file. */
export interface Sound {
  sampleRateHz: number;
  channels: Float32Array[];
}

/**
 * Reads a WAV file.
 * @throws {CliError} it cannot be read, or is no WAV file with PCM samples or floats
 */
export function readWav(path: string): Sound {
  const bytes = readInput(path);
  try {
    const wave = new WaveFile(bytes);
    wave.toBitDepth('32f');
    const { numChannels, sampleRate } = wave.fmt as { numChannels: number; sampleRate: number };
    const samples = wave.getSamples(false, Float32Array) as unknown as Float32Array | Float32Array[];
    return {
      sampleRateHz: sampleRate,
      channels: numChannels === 1 ? [samples as Float32Array] : (samples as Float32Array[]),
    };
  } catch {
    throw new CliError(`Cannot read "${path}": it is no WAV file with PCM samples or floats`);
  }
}
