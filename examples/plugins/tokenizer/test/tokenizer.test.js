import { expect, test } from 'vitest';
import { load } from 'wasm-plugin/test';

test('finds the words of a text, and where they are', async () => {
  const { exports } = await load();
  expect(exports.tokenize("L'été, it's 3.5 °C.")).toEqual([
    { text: "L'été", start: 0, end: 7 },
    { text: "it's", start: 9, end: 13 },
    { text: '3.5', start: 14, end: 17 },
    { text: 'C', start: 20, end: 21 },
  ]);
});

test('works within a budget that grows with the text alone', async () => {
  const { exports, fuelOf } = await load();
  const text = 'word '.repeat(1000);
  const once = fuelOf(() => exports.tokenize(text));
  expect(fuelOf(() => exports.tokenize(text.repeat(4)))).toBeLessThan(once * 5);
});
