import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeWav, readWav } from '../../bench/src/demo/wav/index.js';
import { runDemo } from './run-demo.js';

const RATE_HZ = 48_000;
const FRAMES = 3 * RATE_HZ;
const BLOCK = 128;
const HERTZ = 440;
/** Frames at which version 2 takes over, version 3 is refused, and version 4 takes over. */
const [SWAP, REFUSAL, TRIAL] = [0.5, 0.65, 0.8].map(
  (share) => Math.floor(share * Math.ceil(FRAMES / BLOCK)) * BLOCK,
) as [number, number, number];
/** Version 4 ends in its 40th block. */
const ROLLBACK = TRIAL + 39 * BLOCK;
/** 20 ms: more than the glide to new gains takes. */
const NEAR = 960;

const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-demo-reload-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns the largest bend of the sound: a sine bends by its amplitude, a click far more. */
function bend(samples: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let at = from; at < to; at++) {
    most = Math.max(most, Math.abs(samples[at - 1]! - 2 * samples[at]! + samples[at + 1]!));
  }
  return most;
}

/** The greatest step from one sample to the next. */
function jump(samples: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let at = from; at < to; at++) most = Math.max(most, Math.abs(samples[at]! - samples[at - 1]!));
  return most;
}

function rms(samples: Float32Array, from: number, to: number): number {
  return Math.sqrt(samples.subarray(from, to).reduce((sum, each) => sum + each * each, 0) / (to - from));
}

/** Returns the bends and jumps of a sound near a frame, relative to those elsewhere. */
function roughness(samples: Float32Array, frame: number): number {
  const far = [frame - 3 * NEAR, frame + NEAR] as const;
  const [bends, jumps] = [bend, jump].map((measure) => {
    const usual = Math.max(...far.map((start) => measure(samples, start, start + 2 * NEAR)));
    return measure(samples, frame - NEAR, frame + NEAR) / usual;
  }) as [number, number];
  return Math.max(bends, jumps);
}

let stdout: string;
let left: Float32Array;
let right: Float32Array;

beforeAll(() => {
  const path = join(folder, 'sine.wav');
  const sine = Float32Array.from({ length: FRAMES }, (_, frame) =>
    Math.fround(0.05 * Math.sin((frame / RATE_HZ) * 2 * Math.PI * HERTZ)),
  );
  const audio = { sampleRateHz: RATE_HZ, channels: [sine, sine.map((sample) => -sample)] };
  writeFileSync(path, encodeWav({ audio, format: 'f32' }));
  const result = runDemo([path], folder);
  expect(result).toMatchObject({ code: 0, stderr: '' });
  ({ stdout } = result);
  const file = join(folder, 'sine.processed.wav');
  [left, right] = readWav(new Uint8Array(readFileSync(file)), file).audio.channels as [
    Float32Array,
    Float32Array,
  ];
});

describe('npm run demo reloads the equalizer', () => {
  it('with its state, refuses one faulty version and takes another one back, and shows the pauses', () => {
    expect(stdout).toMatch(/ memory .* pause /);
    expect(stdout).toMatch(/│ Parametric equalizer +│ +1,125 │.* MiB │( [\d.]+ [mµn]?s,?){3} │\n/);
    expect(stdout).toMatch(/│ Compressor +│ +1,125 │.* MiB │ +– │\n/);
    expect(stdout).toMatch(
      /At 1\.50 s Parametric equalizer 1\.0\.0 became 2\.0\.0, with its state; the pause was [\d.]+ [mµn]?s, [\d.]+ % of a block\./,
    );
    expect(stdout).toContain(
      'At 1.95 s Parametric equalizer 3.0.0 was refused at "health": the output gain is not a number. 2.0.0 went on.',
    );
    expect(stdout).toMatch(
      /At 2\.40 s Parametric equalizer 2\.0\.0 became 4\.0\.0, with its state; the pause was [\d.]+ [mµn]?s, [\d.]+ % of a block\.\n/,
    );
    expect(stdout).toMatch(
      /At 2\.50 s Parametric equalizer 4\.0\.0 was rolled back to 2\.0\.0: the guest trapped: unreachable.*; the pause was [\d.]+ [mµn]?s, [\d.]+ % of a block\.\n/,
    );
  });

  it('as the README shows', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const shown = readme.split('\n').filter((line) => line.startsWith('At '));
    const printed = stdout.split('\n').filter((line) => line.startsWith('At '));
    expect(printed).toHaveLength(shown.length);
    for (const [index, line] of shown.entries()) {
      const parts = line.replace(/^At \S+ s /, '').split('…');
      for (const part of parts) expect(printed[index]).toContain(part);
    }
  });

  it('so that the new version is heard from there on', () => {
    const before = rms(left, SWAP - 10 * NEAR, SWAP - NEAR);
    const after = rms(left, SWAP + 2 * NEAR, SWAP + 11 * NEAR);
    expect(Math.abs(20 * Math.log10(after / before))).toBeGreaterThan(0.5);
  });

  it('without a click or a gap, at each of these places', () => {
    expect(left).toHaveLength(FRAMES);
    for (const samples of [left, right]) {
      for (const frame of [SWAP, REFUSAL, TRIAL, ROLLBACK]) {
        expect(roughness(samples, frame)).toBeLessThan(1.05);
        expect(rms(samples, frame, frame + BLOCK)).toBeGreaterThan(0.5 * rms(samples, frame - BLOCK, frame));
      }
    }
  });

  it('where a lost block, a lost sample or a silent block would be noticed', () => {
    const without = (count: number): Float32Array =>
      Float32Array.of(
        ...left.subarray(SWAP - 11 * NEAR, SWAP),
        ...left.subarray(SWAP + count, SWAP + 11 * NEAR),
      );
    expect(roughness(without(BLOCK), 11 * NEAR)).toBeGreaterThan(2);
    expect(roughness(without(1), 11 * NEAR)).toBeGreaterThan(1.5);
    const silent = left.slice();
    silent.fill(0, SWAP, SWAP + BLOCK);
    expect(roughness(silent, SWAP)).toBeGreaterThan(1.5);
  });
});
