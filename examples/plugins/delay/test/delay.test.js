import { expect, test } from 'vitest';
import { load } from 'wasm-plugin/test';

const setup = { sampleRateHz: 48_000, maxFrames: 24_000, channels: 1 };

test('repeats an impulse in time with the song, each time quieter', async () => {
  const { exports } = await load();
  const { processor } = exports;
  processor.setParameter(0, 120); // BPM
  processor.setParameter(1, 2); // quarter notes
  processor.setParameter(2, 0.5); // feedback
  processor.setParameter(3, 1); // the echo alone
  processor.prepare(setup);
  const impulse = new Float32Array(24_000);
  impulse[0] = 1;
  const silence = new Float32Array(24_000);
  const peaks = [impulse, silence, silence, silence].map((block) => processor.process([block])[0][0]);
  expect(peaks).toEqual([0, 1, 0.5, 0.25]);
});

test('keeps its parameters through a reload', async () => {
  const { exports, reload } = await load();
  exports.processor.setParameter(0, 90);
  expect((await reload()).state).toBe('carried');
  expect(exports.processor.getParameter(0)).toBe(90);
});
