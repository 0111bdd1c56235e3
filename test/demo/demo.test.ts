import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeWav, readWav, type SampleFormat } from '../../bench/src/demo/wav/index.js';
import { missingCompiler, missingRust } from '../native-bridge/compile-c.js';
import { runDemo } from './run-demo.js';

const noRust = missingCompiler() ?? missingRust();
const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(name: string) {
  const path = join(folder, name);
  return readWav(new Uint8Array(readFileSync(path)), path);
}

interface Sound {
  channels: number;
  frames: number;
  sampleRateHz?: number;
  format?: SampleFormat;
}

/** Writes a WAV file of sines, soft and then loud. */
function writeSines(
  name: string,
  { channels, frames, sampleRateHz = 48_000, format = 's16' }: Sound,
): string {
  const path = join(folder, name);
  const samples = Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(
      { length: frames },
      (_, frame) =>
        Math.sin((frame / sampleRateHz) * 2 * Math.PI * 440 * (channel + 1)) *
        (frame < frames / 2 ? 0.05 : 0.8),
    ),
  );
  writeFileSync(path, encodeWav({ audio: { sampleRateHz, channels: samples }, format }));
  return path;
}

function rmsDb(samples: Float32Array, from: number, to: number): number {
  const part = samples.subarray(from, to);
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
}

/** Returns the difference in loudness of a file's second half and its first, in dB. */
function contrastDb(name: string): number {
  const [left] = read(name).audio.channels as [Float32Array];
  return rmsDb(left, 72_000, 96_000) - rmsDb(left, 24_000, 48_000);
}

describe('npm run demo', () => {
  let first: ReturnType<typeof runDemo>;

  beforeAll(() => {
    first = runDemo(['--seconds', '1.5'], folder);
  });

  it('makes music, sends it through both plugins and says what it cost', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^demo-output\/song\.wav: 1\.5 s, 48,000 Hz, stereo, 24-bit/);
    expect(first.stdout).toMatch(
      /plugin .* blocks .* median ns .* p99 ns .* worst ns .* median of 2\.67 ms .* memory/,
    );
    expect(first.stdout).toMatch(
      /│ Parametric equalizer +│ +563 │( +[\d,]+ │){3} +[\d.]+ % │ +[\d.]+ % │ +[\d.]+ MiB │/,
    );
    expect(first.stdout).toMatch(/│ Compressor +│ +563 │/);
    expect(first.stdout).toMatch(/Written: demo-output\/song\.processed\.wav\n$/);
  });

  it('writes a sound that was changed, and is no noise', () => {
    const [before, after] = [read('demo-output/song.wav'), read('demo-output/song.processed.wav')];
    expect(after).toMatchObject({ format: 's24', audio: { sampleRateHz: 48_000 } });
    expect(after.audio.channels.map(({ length }) => length)).toEqual([72_000, 72_000]);
    for (const [channel, samples] of after.audio.channels.entries()) {
      expect(samples.every((sample) => Number.isFinite(sample) && Math.abs(sample) < 1)).toBe(true);
      const original = before.audio.channels[channel] as Float32Array;
      expect(Math.abs(rmsDb(samples, 0, 72_000) - rmsDb(original, 0, 72_000))).toBeLessThan(9);
      expect(samples.some((sample, frame) => Math.abs(sample - (original[frame] ?? 0)) > 0.01)).toBe(true);
    }
  });

  it.skipIf(noRust !== undefined)(`sounds the same by the native compressor ${noRust ?? ''}`, () => {
    const { code, stdout, stderr } = runDemo(
      ['--seconds', '0.5', '--carrier', 'library'],
      mkdtempSync(join(folder, 'native-')),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/│ Compressor, native +│/);
    const [, decibels = ''] = /the sound is within (-[\d.]+) dBFS\./.exec(stdout) ?? [];
    // `expf` and `logf` round the last bit otherwise, see native-bridge/examples.
    expect(Number(decibels)).toBeLessThan(-120);
    expect(runDemo(['--carrier', 'rpc'], folder)).toMatchObject({ code: 2 });
  });

  it('gives the same samples every time', () => {
    const once = readFileSync(join(folder, 'demo-output/song.processed.wav'));
    expect(runDemo(['--seconds', '1.5'], folder).code).toBe(0);
    expect(readFileSync(join(folder, 'demo-output/song.processed.wav')).equals(once)).toBe(true);
  });

  it.each([
    [{ channels: 1, frames: 1000, format: 'u8' }],
    [{ channels: 2, frames: 44_100, sampleRateHz: 44_100, format: 's16' }],
    [{ channels: 2, frames: 127, format: 's24' }],
    [{ channels: 3, frames: 129, sampleRateHz: 96_000, format: 's32' }],
    [{ channels: 8, frames: 4000, sampleRateHz: 8000, format: 'f32' }],
    [{ channels: 2, frames: 1, sampleRateHz: 192_000, format: 'f64' }],
  ] satisfies [Sound][])('processes %j', (sound) => {
    const path = writeSines('in.wav', sound);
    expect(runDemo([path], folder)).toMatchObject({ code: 0, stderr: '' });
    const { audio, format } = read('in.processed.wav');
    expect(format).toBe(sound.format);
    expect(audio.sampleRateHz).toBe('sampleRateHz' in sound ? sound.sampleRateHz : 48_000);
    expect(audio.channels.map(({ length }) => length)).toEqual(
      Array.from({ length: sound.channels }, () => sound.frames),
    );
  });

  it('brings soft and loud closer together', () => {
    writeSines('dynamics.wav', { channels: 2, frames: 96_000, format: 'f32' });
    runDemo([join(folder, 'dynamics.wav')], folder);
    expect(contrastDb('dynamics.wav')).toBeCloseTo(24.1, 1);
    expect(contrastDb('dynamics.processed.wav')).toBeLessThan(14);
  });
});

describe('npm run demo explains', () => {
  it.each([
    ['a missing file', () => join(folder, 'nope.wav'), 'there is no such file'],
    ['a folder', () => folder, 'it is a folder'],
    ['another file', () => file('note.wav', 'hello'), 'it is not a WAV file'],
    ['an empty file', () => file('empty.wav', ''), 'the file is empty'],
    [
      'a WAV file without sound',
      () => writeSines('silent.wav', { channels: 2, frames: 0 }),
      'it holds no sound',
    ],
    [
      'too many channels',
      () => writeSines('nine.wav', { channels: 9, frames: 9 }),
      'Cannot process 9 channels: the plugin "Parametric equalizer" takes at most 8',
    ],
    [
      'a sample rate that no plugin takes',
      () => writeSines('slow.wav', { channels: 1, frames: 9, sampleRateHz: 100 }),
      'Cannot process 1 channel at 100 Hz: the plugin',
    ],
  ])('%s', (_, path, reason) => {
    const { code, stdout, stderr } = runDemo([path()], folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: Cannot /);
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([[['--secnds', '3']], [['--seconds', 'long']], [['a.wav', 'b.wav']]])('wrong usage: %j', (args) => {
    const { code, stderr } = runDemo(args, folder);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: npm run demo');
  });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
