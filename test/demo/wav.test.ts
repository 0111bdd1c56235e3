/* oxlint-disable import/default, import/no-named-as-default-member -- to Node, the exports of a CommonJS module are its default */
import { describe, expect, it } from 'vitest';
import wavefile from 'wavefile';
import { encodeWav, readWav, type SampleFormat } from '../../bench/src/demo/wav/index.js';

const { WaveFile } = wavefile;

const FORMATS: { format: SampleFormat; bitDepth: string; scale: number }[] = [
  { format: 'u8', bitDepth: '8', scale: 128 },
  { format: 's16', bitDepth: '16', scale: 0x8000 },
  { format: 's24', bitDepth: '24', scale: 0x80_0000 },
  { format: 's32', bitDepth: '32', scale: 0x8000_0000 },
  { format: 'f32', bitDepth: '32f', scale: 1 },
  { format: 'f64', bitDepth: '64', scale: 1 },
];

describe('readWav()', () => {
  it.each(FORMATS)('reads $format as the library does', ({ format, bitDepth, scale }) => {
    for (const container of ['RIFF', 'RIFX']) {
      const wave = new WaveFile();
      const values = [-1, -0.5, -0.25, 0, 0.125, 0.75].map((value) =>
        format === 'u8' ? value * 128 + 128 : value * scale,
      );
      wave.fromScratch(2, 48_000, bitDepth, [values, values.toReversed()], { container });
      const { audio, format: found } = readWav(wave.toBuffer(), 'a.wav');
      expect(found).toBe(format);
      expect([...(audio.channels[0] ?? [])]).toEqual([-1, -0.5, -0.25, 0, 0.125, 0.75]);
      expect([...(audio.channels[1] ?? [])]).toEqual([0.75, 0.125, 0, -0.25, -0.5, -1]);
    }
  });

  it('reads floats in an extensible container', () => {
    const wave = new WaveFile();
    wave.fromScratch(1, 48_000, '32f', [0.25, -0.5]);
    const fmt = wave.fmt as Record<string, unknown>;
    Object.assign(fmt, { audioFormat: 0xfffe, chunkSize: 40, cbSize: 22, validBitsPerSample: 32 });
    fmt['subformat'] = [3, 0x0010_0000, 0xaa00_0080, 0x719b_3800];
    expect([...(readWav(wave.toBuffer(), 'a.wav').audio.channels[0] ?? [])]).toEqual([0.25, -0.5]);
  });

  it('takes what is no number for silence', () => {
    const wave = new WaveFile();
    wave.fromScratch(1, 48_000, '32f', [0.5, 0.5]);
    const bytes = wave.toBuffer();
    new DataView(bytes.buffer).setFloat32(bytes.length - 4, Number.NaN, true);
    expect([...(readWav(bytes, 'a.wav').audio.channels[0] ?? [])]).toEqual([0.5, 0]);
  });

  it('tells how much of a truncated file is missing', () => {
    const wave = new WaveFile();
    wave.fromScratch(2, 100, '16', [
      Array.from({ length: 100 }, () => 1),
      Array.from({ length: 100 }, () => 2),
    ]);
    const bytes = wave.toBuffer();
    expect(readWav(bytes, 'a.wav').missingSeconds).toBe(0);
    const cut = readWav(bytes.subarray(0, bytes.length - 200), 'a.wav');
    expect(cut.missingSeconds).toBe(0.5);
    expect(cut.audio.channels[0]).toHaveLength(50);
    expect(() => readWav(bytes.subarray(0, 44), 'a.wav')).toThrow('it is truncated, no sound is left of it');
    expect(() => readWav(bytes.subarray(0, 30), 'a.wav')).toThrow(
      'Cannot read "a.wav": it is a WAV file that is truncated before its sound',
    );
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(40, 0xffff_ffff, true);
    expect(readWav(bytes, 'a.wav').missingSeconds).toBe(0);
  });

  it('refuses what is compressed', () => {
    const wave = new WaveFile();
    wave.fromScratch(1, 8000, '16', [0, 1000, 2000, 3000]);
    wave.toMuLaw();
    expect(() => readWav(wave.toBuffer(), 'a.wav')).toThrow(
      'Cannot read "a.wav": it holds µ-law, wanted PCM',
    );
  });
});

describe('encodeWav()', () => {
  it.each(FORMATS)('writes what readWav() reads, as $format', ({ format, scale }) => {
    const step = Math.max(1 / scale, 2 ** -23);
    const channel = Float32Array.of(-1, -0.7, -step, 0, step, 0.3);
    const { audio } = readWav(
      encodeWav({ audio: { sampleRateHz: 44_100, channels: [channel] }, format }),
      'a',
    );
    expect(audio.sampleRateHz).toBe(44_100);
    for (const [frame, sample] of (audio.channels[0] ?? []).entries()) {
      expect(Math.abs(sample - (channel[frame] ?? 0))).toBeLessThanOrEqual(
        scale === 1 ? 0 : 0.5 / scale + 2 ** -25,
      );
    }
  });

  it('clips in integers, and not in floats', () => {
    const channels = [Float32Array.of(2, -3)];
    const through = (format: SampleFormat) =>
      readWav(encodeWav({ audio: { sampleRateHz: 48_000, channels }, format }), 'a').audio.channels[0];
    expect([...(through('s16') ?? [])]).toEqual([0x7fff / 0x8000, -1]);
    expect([...(through('f32') ?? [])]).toEqual([2, -3]);
  });
});
