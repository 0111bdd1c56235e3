/* oxlint-disable import/default, import/no-named-as-default-member -- to Node, the exports of a CommonJS module are its default */
import wavefile from 'wavefile';
import type { Audio } from '../audio.js';
import { DemoError } from '../demo-error.js';
import { FORMATS, type SampleFormat } from './sample-format.js';

const { WaveFile } = wavefile;

/** The parts of `WaveFile` that its own types leave open. */
interface Container {
  container: string;
  fmt: {
    audioFormat: number;
    numChannels: number;
    sampleRate: number;
    bitsPerSample: number;
    subformat: number[];
  };
  data: { samples: Uint8Array; chunkSize: number };
  fromScratch(channels: number, sampleRateHz: number, bitDepth: string, samples: number[][]): void;
  toBuffer(): Uint8Array;
}

/** A WAV file as read. The container is kept, so that the result of processing goes into one like it. */
export interface WavFile {
  audio: Audio;
  format: SampleFormat;
  container?: Container;
  /** Seconds of sound missing at the end of a file that is shorter than its header says; 0 for a whole file. */
  missingSeconds?: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

const COMPRESSED: Record<number, string | undefined> = {
  2: 'Microsoft ADPCM',
  6: 'A-law',
  7: 'µ-law',
  17: 'IMA ADPCM',
  85: 'MP3',
};

/**
 * Reads a WAV file: integers of 8, 16, 24 or 32 bits, floats of 32 or 64.
 *
 * The library takes the container apart; the samples are turned into numbers here, since it takes a second for ten
 * seconds of sound.
 * @throws {DemoError} it is no such file, or holds no sound
 */
export function readWav(bytes: Uint8Array, path: string): WavFile {
  const container = openContainer(bytes, path);
  const format = formatOf(container, path);
  const { numChannels, sampleRate } = container.fmt;
  if (numChannels < 1 || sampleRate < 1) {
    throw new DemoError(`Cannot read "${path}": it says ${numChannels} channels at ${sampleRate} Hz`);
  }
  const frames = Math.floor(container.data.samples.length / (FORMATS[format].bytes * numChannels));
  const frameBytes = FORMATS[format].bytes * numChannels;
  const missingSeconds = missingBytes(container) / frameBytes / sampleRate;
  if (frames === 0) {
    const reason = missingSeconds > 0 ? 'it is truncated, no sound is left of it' : 'it holds no sound';
    throw new DemoError(`Cannot process "${path}": ${reason}`);
  }
  const channels = decodeSamples(container, { format, frames });
  return { audio: { sampleRateHz: sampleRate, channels }, format, container, missingSeconds };
}

/** Writes sound as a WAV file, in the container that it was read from if there is one. */
export function encodeWav({
  audio,
  format,
  container = createContainer(audio, format),
}: WavFile): Uint8Array {
  const samples = encodeSamples(audio, { format, littleEndian: container.container !== 'RIFX' });
  container.data.samples = samples;
  container.data.chunkSize = samples.length;
  return container.toBuffer();
}

function openContainer(bytes: Uint8Array, path: string): Container {
  try {
    return new WaveFile(bytes) as unknown as Container;
  } catch (error) {
    const reason =
      bytes.length === 0
        ? 'the file is empty'
        : isWav(bytes)
          ? 'it is a WAV file that is truncated before its sound'
          : 'it is not a WAV file';
    throw new DemoError(`Cannot read "${path}": ${reason}`, {
      hint: 'Other formats can be converted, e.g. with "ffmpeg -i song.mp3 song.wav"',
      cause: error,
    });
  }
}

function isWav(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 12));
  return /^RIF[FX][^]{4}WAVE/.test(text);
}

/** Programs that write into a pipe do not know the length, and write the greatest there is. */
const UNKNOWN_LENGTH = 0xffff_0000;

/** Returns the number of sound bytes that the header announces and the file lacks. */
function missingBytes({ data }: Container): number {
  return data.chunkSize >= UNKNOWN_LENGTH ? 0 : Math.max(0, data.chunkSize - data.samples.length);
}

function createContainer({ sampleRateHz, channels }: Audio, format: SampleFormat): Container {
  const container = new WaveFile() as unknown as Container;
  const empty = channels.map(() => []);
  const bitDepth = format === 'f32' ? '32f' : format === 'f64' ? '64' : format.slice(1);
  container.fromScratch(channels.length, sampleRateHz, bitDepth, empty);
  return container;
}

function formatOf({ fmt }: Container, path: string): SampleFormat {
  const code = fmt.audioFormat === EXTENSIBLE ? (fmt.subformat[0] ?? 0) & 0xffff : fmt.audioFormat;
  const name = `${code === FLOAT ? 'f' : fmt.bitsPerSample === 8 ? 'u' : 's'}${fmt.bitsPerSample}`;
  if ((code === PCM || code === FLOAT) && Object.hasOwn(FORMATS, name)) return name as SampleFormat;
  const found =
    code === PCM || code === FLOAT
      ? `${fmt.bitsPerSample}-bit ${code === PCM ? 'integers' : 'floats'}`
      : (COMPRESSED[code] ?? `the format number ${code}`);
  throw new DemoError(`Cannot read "${path}": it holds ${found}, wanted PCM or floats`, {
    hint: `It can be converted, e.g. with "ffmpeg -i ${path} -c:a pcm_s24le converted.wav"`,
  });
}

function decodeSamples(
  { container, fmt, data }: Container,
  { format, frames }: { format: SampleFormat; frames: number },
): Audio['channels'] {
  const { bytes, read } = FORMATS[format];
  const view = new DataView(data.samples.buffer, data.samples.byteOffset);
  const littleEndian = container !== 'RIFX';
  const stride = bytes * fmt.numChannels;
  return Array.from({ length: fmt.numChannels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0, at = channel * bytes; frame < frames; frame++, at += stride) {
      const value = read(view, at, littleEndian);
      samples[frame] = Number.isFinite(value) ? value : 0;
    }
    return samples;
  });
}

function encodeSamples(
  { channels }: Audio,
  { format, littleEndian }: { format: SampleFormat; littleEndian: boolean },
): Uint8Array {
  const { bytes, write } = FORMATS[format];
  const stride = bytes * channels.length;
  const samples = new Uint8Array(stride * (channels[0]?.length ?? 0));
  const view = new DataView(samples.buffer);
  const sample = { value: 0, littleEndian };
  for (const [channel, values] of channels.entries()) {
    for (let frame = 0, at = channel * bytes; frame < values.length; frame++, at += stride) {
      sample.value = values[frame] as number;
      write(view, at, sample);
    }
  }
  return samples;
}
