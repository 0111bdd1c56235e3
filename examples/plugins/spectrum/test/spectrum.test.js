import { expect, test } from 'vitest';
import { load } from 'wasm-plugin/test';

test('finds a sine, and how loud it is', async () => {
  const { exports } = await load();
  const { Analyser } = exports.analysis;
  const analyser = Analyser.create(1024);
  analyser.push(Float32Array.from({ length: 1024 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 64 * i) / 1024)));
  const magnitudes = analyser.magnitudes();
  expect(magnitudes).toHaveLength(513);
  expect(magnitudes[64]).toBeCloseTo(0.5, 4);
  expect(magnitudes[70]).toBeLessThan(1e-5);
  analyser[Symbol.dispose]();
});

test('refuses a size that it cannot work with', async () => {
  const { exports } = await load();
  expect(() => exports.analysis.Analyser.create(1000)).toThrow();
});
