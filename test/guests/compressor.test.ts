import { beforeEach, describe, expect, it } from 'vitest';
import { decibels, run, startPlugin, tone, type RunningPlugin } from './audio-plugin.js';

const SETUP = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };
const THRESHOLD = 0;
const RATIO = 1;
const ATTACK = 2;
const RELEASE = 3;
const KNEE = 4;
const MAKEUP = 5;
const LOOKAHEAD = 6;
const REDUCTION = 7;

describe('the compressor plugin', () => {
  let plugin: RunningPlugin;
  const set = (id: number, value: number) => plugin.processor.setParameter(id, value);

  beforeEach(async () => {
    plugin = await startPlugin('plugins-rust/build/compressor.wasm');
  });

  /** The level that a steady level comes out with. */
  function settledDb(levelDb: number): number {
    const level = 10 ** (levelDb / 20);
    const out = run(plugin.lane(SETUP), 24_000, {
      signal: (_, channel) => (channel === 0 ? level : -level / 2),
    });
    return decibels(out.at(-1) as number);
  }

  it.each([
    { kneeDb: 0, ratio: 1 },
    { kneeDb: 0, ratio: 4 },
    { kneeDb: 6, ratio: 2 },
    { kneeDb: 12, ratio: 20 },
    { kneeDb: 24, ratio: 3 },
  ])('has the static curve of its formula: knee $kneeDb dB, ratio $ratio', ({ kneeDb, ratio }) => {
    set(KNEE, kneeDb);
    set(RATIO, ratio);
    for (let levelDb = -60; levelDb <= 12; levelDb += 2) {
      const wanted = levelDb - reductionDb(levelDb, { thresholdDb: -18, kneeDb, ratio });
      expect(Math.abs(settledDb(levelDb) - wanted), `${levelDb} dB`).toBeLessThan(2e-3);
    }
  });

  it('attacks and releases with its time constants', () => {
    set(KNEE, 0);
    set(ATTACK, 10);
    set(RELEASE, 100);
    const lane = plugin.lane(SETUP);
    const full = 0.75 * 18;
    const rise = run(lane, 9600, { signal: () => 1 }).map((sample) => -decibels(sample));
    const attackFrames = rise.findIndex((reduction) => reduction >= full * (1 - Math.exp(-1)));
    expect(Math.abs(attackFrames - 480)).toBeLessThanOrEqual(1);
    const fall = run(lane, 24_000, { signal: () => 0.01 }).map((sample) => -decibels(sample / 0.01));
    const releaseFrames = fall.findIndex((reduction) => reduction <= full * Math.exp(-1));
    expect(Math.abs(releaseFrames - 4800)).toBeLessThanOrEqual(2);
  });

  it('turns down all channels by the loudest', () => {
    set(RATIO, 20);
    const lane = plugin.lane(SETUP);
    const out = run(lane, 24_000, { signal: (_, channel) => (channel === 0 ? 1 : 0.01), channel: 1 });
    const quiet = out.at(-1) as number;
    expect(decibels(quiet / 0.01)).toBeCloseTo(-18 * (1 - 1 / 20), 2);
    expect(plugin.processor.getParameter(REDUCTION)).toBeCloseTo(18 * (1 - 1 / 20), 2);
  });

  it('adds the makeup gain, gliding', () => {
    set(THRESHOLD, 0);
    const lane = plugin.lane(SETUP);
    run(lane, 128, { signal: () => 0.1 });
    set(MAKEUP, 12);
    const out = run(lane, 48_000, { signal: () => 0.1 });
    expect(decibels((out[0] as number) / 0.1)).toBeLessThan(0.1);
    expect(decibels((out.at(-1) as number) / 0.1)).toBeCloseTo(12, 3);
  });

  it('delays by its lookahead from the next prepare on, and says so', () => {
    set(RATIO, 1);
    plugin.processor.prepare(SETUP);
    set(LOOKAHEAD, 5);
    expect(plugin.processor.describe().latencyFrames).toBe(0);
    const lane = plugin.lane(SETUP);
    expect(plugin.processor.describe().latencyFrames).toBe(240);
    const out = run(lane, 1024, { signal: (frame) => (frame === 3 ? 1 : 0) });
    expect(out.findIndex((sample) => sample !== 0)).toBe(243);
    expect(out[243]).toBe(1);
  });

  it('takes the lookahead along with its state', async () => {
    set(LOOKAHEAD, 2);
    const lane = plugin.lane(SETUP);
    run(lane, 1000, { signal: tone(0.01) });
    const other = await startPlugin('plugins-rust/build/compressor.wasm');
    const lane2 = other.lane(SETUP);
    other.state.restore(plugin.state.serialize(), 1, '0.1.0');
    expect(other.processor.describe().latencyFrames).toBe(96);
    const signal = tone(0.01, 1000);
    expect(run(lane2, 2000, { signal })).toEqual(run(lane, 2000, { signal }));
  });
});

function reductionDb(
  levelDb: number,
  { thresholdDb, kneeDb, ratio }: { thresholdDb: number; kneeDb: number; ratio: number },
): number {
  const slope = 1 - 1 / ratio;
  const over = levelDb - thresholdDb;
  if (over * 2 <= -kneeDb) return 0;
  if (over * 2 >= kneeDb) return slope * over;
  return (slope * (over + kneeDb / 2) ** 2) / (2 * kneeDb);
}
