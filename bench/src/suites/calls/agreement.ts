import { deepStrictEqual } from 'node:assert/strict';
import type { Ops } from './ops.js';

/**
 * Checks that all variants give the same results, before any is measured.
 * @throws {AssertionError} if they do not
 */
export function checkAgreement(variants: Readonly<Record<string, Ops>>): void {
  const [reference, ...others] = Object.entries(variants).map(([name, ops]) => ({
    name,
    results: resultsOf(ops),
  }));
  for (const { name, results } of others) {
    deepStrictEqual(results, reference?.results, `"${name}" gives other results than "${reference?.name}"`);
  }
}

function resultsOf(ops: Ops): unknown[] {
  const record = { id: 7, active: true, small: 255, offset: -5, big: 2n ** 63n, ratio: 0.5, score: -1.25 };
  const counter = new ops.Counter(40);
  return [
    ops.add(2 ** 32 - 1, 8),
    ...['', 'short', 'ü', 'Zwölf Boxkämpfer 🥊', 'x'.repeat(33), `${'y'.repeat(5000)}é`].map((text) =>
      ops.echo(text),
    ),
    [...ops.process(Float32Array.of(1, -2, 0.5))],
    ...['name', 'Straße'].map((name) => ({ ...ops.record8({ ...record, name }) })),
    ops.items(12).map((item) => ({ ...item })),
    [counter.increment(2), counter.value()],
    ops.callHost(5),
  ];
}
