import { expect, test } from 'vitest';
import { load } from 'wasm-plugin/test';

const setup = { sampleRateHz: 48_000, maxFrames: 512, channels: 1 };

/** Sends an impulse through the room alone. */
function impulseThrough({ processor }) {
  processor.setParameter(0, 1);
  processor.prepare(setup);
  const impulse = new Float32Array(512);
  impulse[0] = 1;
  return processor.process([impulse])[0];
}

test('makes an impulse sound as the room does, 128 frames later', async () => {
  const { exports } = await load();
  exports.response.put([Float32Array.of(0.5, 0, -0.25)]);
  const heard = impulseThrough(exports);
  expect([...heard.subarray(127, 132)].map((x) => Number(x.toFixed(6)))).toEqual([0, 0.5, 0, -0.25, 0]);
});

test('keeps the room through a reload', async () => {
  const { exports, reload } = await load();
  exports.response.put([Float32Array.of(0, 0, 1)]);
  expect((await reload()).state).toBe('carried');
  expect(impulseThrough(exports)[130]).toBeCloseTo(1, 5);
});

test('refuses what is no room', async () => {
  const { exports } = await load();
  expect(() => exports.response.put([])).toThrow();
  expect(() => exports.response.put([Float32Array.of(Number.NaN)])).toThrow();
});
