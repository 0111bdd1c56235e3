import { beforeEach, describe, expect, it } from 'vitest';
import { cookbook, magnitudeAt, type Band } from './cookbook.js';
import { decibels, run, startPlugin, tone, type RunningPlugin } from './audio-plugin.js';

const SETUP = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };
const OUTPUT = 64;
const BANDS = 6;
/** From 25 Hz to 22.5 kHz in equal ratios. */
const FREQUENCIES = Array.from({ length: 24 }, (_, i) => 25 * 900 ** (i / 23));

const SETTINGS: Band[] = [
  { type: 'Peak', frequencyHz: 1000, gainDb: 9, q: 1.4 },
  { type: 'Peak', frequencyHz: 60, gainDb: -12, q: 4 },
  { type: 'Low shelf', frequencyHz: 150, gainDb: 6, q: 0.7 },
  { type: 'High shelf', frequencyHz: 6000, gainDb: -8, q: 0.7 },
  { type: 'Low pass', frequencyHz: 5000, gainDb: 0, q: 0.9 },
  { type: 'High pass', frequencyHz: 120, gainDb: 0, q: 1 },
  { type: 'Band pass', frequencyHz: 800, gainDb: 0, q: 2 },
  { type: 'Notch', frequencyHz: 1000, gainDb: 0, q: 5 },
  { type: 'High shelf', frequencyHz: 12_000, gainDb: 20, q: 1 },
];

describe('the EQ plugin', () => {
  let plugin: RunningPlugin;
  let types: string[];

  beforeEach(async () => {
    plugin = await startPlugin('plugins-as/build/eq.wasm');
    types = plugin.processor.describe().parameters[0]?.choices as string[];
    for (let band = 0; band < BANDS; band++) plugin.processor.setParameter(band * 8, 0);
  });

  function setBand(band: number, { type, frequencyHz, gainDb, q }: Band): void {
    const { processor } = plugin;
    processor.setParameter(band * 8, types.indexOf(type));
    processor.setParameter(band * 8 + 1, frequencyHz);
    processor.setParameter(band * 8 + 2, gainDb);
    processor.setParameter(band * 8 + 3, q);
  }

  /** Returns the output for one sample of 1. The second channel gets its negative, so that a leak would show. */
  function impulseResponse(): Float64Array {
    const [left, right] = [0, 1].map((channel) => {
      return run(plugin.lane(SETUP), 65_536, { signal: impulse, channel });
    }) as [Float64Array, Float64Array];
    expect(right.every((sample, i) => sample + (left[i] as number) === 0)).toBe(true);
    return left;
  }

  it('does nothing while every gain is 0 dB', async () => {
    const fresh = await startPlugin('plugins-as/build/eq.wasm');
    const out = run(fresh.lane(SETUP), 4096, { signal: tone(0.1) });
    expect(out).toEqual(
      Float64Array.from({ length: 4096 }, (_, frame) => Math.fround(Math.sin(frame * 0.1))),
    );
  });

  it.each(SETTINGS)('has the response of the cookbook: $type at $frequencyHz Hz', (setting) => {
    setBand(3, setting);
    const response = impulseResponse();
    for (const frequency of FREQUENCIES) {
      const wanted = cookbook(setting, frequency, SETUP.sampleRateHz);
      const got = magnitudeAt(response, frequency, SETUP.sampleRateHz);
      if (wanted < 1e-3) expect(Math.abs(got - wanted)).toBeLessThan(1e-5);
      else expect(Math.abs(decibels(got / wanted)), `${frequency} Hz`).toBeLessThan(1e-3);
    }
  });

  it('multiplies the responses of its bands and the output gain', () => {
    const bands = SETTINGS.slice(0, BANDS);
    for (const [band, setting] of bands.entries()) setBand(band, setting);
    plugin.processor.setParameter(OUTPUT, -3);
    const response = impulseResponse();
    for (const frequency of FREQUENCIES) {
      const parts = bands.map((setting) => cookbook(setting, frequency, SETUP.sampleRateHz));
      const wanted = parts.reduce((product, part) => product * part, 10 ** (-3 / 20));
      const got = magnitudeAt(response, frequency, SETUP.sampleRateHz);
      expect(Math.abs(decibels(got / wanted)), `${frequency} Hz`).toBeLessThan(1e-3);
    }
  });

  it('glides when a parameter or a type jumps: no step is greater than that of the louder tone', () => {
    const lane = plugin.lane(SETUP);
    let from = 0;
    let last = 0;
    const greatestStep = (frames: number): number => {
      let greatest = 0;
      for (const sample of run(lane, frames, { signal: tone((2 * Math.PI * 500) / 48_000, from) })) {
        greatest = Math.max(greatest, Math.abs(sample - last));
        last = sample;
      }
      from += frames;
      return greatest;
    };
    const plain = greatestStep(4800);
    setBand(0, { type: 'Peak', frequencyHz: 500, gainDb: 6, q: 1 });
    expect(greatestStep(9600)).toBeLessThan(plain * 2.01);
    setBand(0, { type: 'Notch', frequencyHz: 500, gainDb: 6, q: 1 });
    expect(greatestStep(9600)).toBeLessThan(plain * 2.01);
    setBand(0, { type: 'Off', frequencyHz: 5000, gainDb: -6, q: 1 });
    expect(greatestStep(9600)).toBeLessThan(plain * 1.01);
  });

  it.each<[string, Band, Band, number]>([
    ['gain', peak(500, 0, 1), peak(500, 12, 1), 500],
    ['gain, from boost to cut', peak(300, 12, 4), peak(300, -12, 4), 300],
    ['frequency', peak(500, 12, 1), peak(1000, 12, 1), 500],
    ['width', peak(700, 12, 0.5), peak(700, 12, 8), 500],
    [
      'frequency of a low pass',
      { ...peak(8000, 0, 0.7), type: 'Low pass' },
      { ...peak(500, 0, 0.7), type: 'Low pass' },
      500,
    ],
    [
      'frequency of a high pass',
      { ...peak(100, 0, 0.7), type: 'High pass' },
      { ...peak(1000, 0, 0.7), type: 'High pass' },
      500,
    ],
  ])('makes no tones of its own while a band glides: %s', (_, before, after, hertz) => {
    setBand(0, before);
    const lane = plugin.lane(SETUP);
    let from = 0;
    const play = (frames: number): Float64Array => {
      const out = run(lane, frames, { signal: tone((2 * Math.PI * hertz) / SETUP.sampleRateHz, from) });
      from += frames;
      return out;
    };
    play(9600);
    const steady = play(2048);
    setBand(0, after);
    const glide = Float64Array.of(...steady, ...play(6144));
    const main = lineAt(glide, hertz);
    // Parameters move every 16 frames: steps of the filter would be heard around multiples of 3000 Hz.
    for (const multiple of [3000, 6000]) {
      const lines = Array.from({ length: 121 }, (__, index) => lineAt(glide, multiple + 10 * (index - 60)));
      expect(decibels(Math.max(...lines) / main)).toBeLessThan(-95);
    }
  });

  it('sounds the same in blocks of any length', () => {
    for (const [band, setting] of SETTINGS.slice(0, BANDS).entries()) setBand(band, setting);
    const whole = run(plugin.lane({ ...SETUP, maxFrames: 2048 }), 8192, { signal: tone(0.1) });
    expect(run(plugin.lane({ ...SETUP, maxFrames: 64 }), 8192, { signal: tone(0.1) })).toEqual(whole);
    const odd = run(plugin.lane({ ...SETUP, maxFrames: 37 }), 8192, { signal: tone(0.1) });
    expect(Math.max(...odd.map((sample, i) => Math.abs(sample - (whole[i] as number))))).toBeLessThan(1e-5);
  });
});

function peak(frequencyHz: number, gainDb: number, q: number): Band {
  return { type: 'Peak', frequencyHz, gainDb, q };
}

/** Returns the strength of a frequency, through a Blackman-Harris window, whose own lines are below -92 dB far from a tone. */
function lineAt(samples: Float64Array, hertz: number): number {
  const pace = (2 * Math.PI * hertz) / SETUP.sampleRateHz;
  let [re, im] = [0, 0];
  for (const [frame, sample] of samples.entries()) {
    const at = (2 * Math.PI * frame) / samples.length;
    const window = 0.35875 - 0.48829 * Math.cos(at) + 0.14128 * Math.cos(2 * at) - 0.01168 * Math.cos(3 * at);
    re += window * sample * Math.cos(pace * frame);
    im += window * sample * Math.sin(pace * frame);
  }
  return Math.hypot(re, im);
}

function impulse(frame: number, channel: number): number {
  return frame === 0 ? 1 - 2 * channel : 0;
}
