import { meterModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { body, bounded, large, LIMIT, many, one, VOID } from './bounded.js';
import { runMetered } from './run-metered.js';
import { I32, name, unsigned, vector } from './wasm-builder.js';

describe('meterModule() takes bounded time and memory for', () => {
  it('tables of branches that tie all labels together one by one', () => {
    // Each table ties the next label to the outermost one: a chain of classes, if they are joined without care.
    const labels = 15_000;
    const code: number[] = [];
    for (let at = 0; at < labels; at++) code.push(0x02, 0x40);
    for (let at = 0; at < labels - 1; at++) {
      const outermost = labels - 1;
      code.push(
        0x02,
        0x40,
        0x41,
        0,
        0x0d,
        0,
        0x41,
        0,
        0x0e,
        1,
        ...unsigned(labels - at),
        ...unsigned(outermost + 1),
        0x0b,
      );
    }
    for (let at = 0; at < 60_000; at++) code.push(0x41, 0, 0x0d, ...unsigned(labels - 1));
    for (let at = 0; at < labels; at++) code.push(0x0b);
    const module = bounded(one(code));
    expect(runMetered(module, { name: 'f', arguments: [], fuel: 100 }).end).toBe('ok');
  });

  it('many functions with many parameters, by name', () => {
    const wide = [0x60, ...unsigned(1000), ...Array.from({ length: 1000 }, () => I32), 0];
    const count = 60_000;
    const callsAll: number[] = [];
    for (let at = 0; at < count; at++) callsAll.push(0x10, ...unsigned(at));
    const bytes = large(
      [1, vector([wide, VOID])],
      [3, many(count + 1, (at) => [at < count ? 0 : 1])],
      [7, many(count, (at) => [...name(`${at}`), 0, ...unsigned(at)])],
      [10, many(count + 1, (at) => body(at < count ? [] : [0x00, ...callsAll]))],
    );
    expect(() => bounded(bytes)).toThrow(LIMIT);
  });

  it('fifty thousand locals in each of many functions', () => {
    const count = 20_000;
    const locals = [1, ...unsigned(49_000), I32];
    const bytes = large(
      [1, vector([VOID])],
      [3, many(count, () => [0])],
      [10, many(count, () => body([0x20, 5, 0x1a], locals))],
    );
    expect(bounded(bytes).bytes.length).toBeLessThan(8 * bytes.length);
    const alternating: number[] = [];
    for (let at = 0; at < 49_000; at++) alternating.push(1, at % 2 === 0 ? I32 : 0x7e);
    const groups = [...unsigned(49_000), ...alternating];
    const mixed = large(
      [1, vector([VOID])],
      [3, many(10, () => [0])],
      [10, many(10, () => body([0x20, 5, 0x1a], groups))],
    );
    expect(bounded(mixed).bytes.length).toBeLessThan(2 * mixed.length);
  });

  it.each<[string, number, (count: number) => Uint8Array<ArrayBuffer>]>([
    ['types', 1_000_000, (count) => large([1, many(count, () => VOID)])],
    ['tables', 100_000, (count) => large([4, many(count, () => [0x70, 0, 0])])],
    [
      'exports',
      99_999,
      (count) =>
        large(
          [1, vector([VOID])],
          [3, [1, 0]],
          [7, many(count, (at) => [...name(`${at}`), 0, 0])],
          [10, many(1, () => body([]))],
        ),
    ],
  ])('as many %s as the engine takes, by name', (kind, count, make) => {
    const bytes = make(count);
    expect(WebAssembly.validate(bytes)).toBe(true);
    const message = expect.stringMatching(new RegExp(`would have \\d+ ${kind}`)) as string;
    const refused = expect.objectContaining({ code: 'WP_MODULE_LIMIT', message });
    try {
      expect(WebAssembly.validate(meterModule(bytes).bytes)).toBe(true);
    } catch (error) {
      expect(error).toEqual(refused);
    }
  });

  it('tables and exports by the hundred thousand', () => {
    const bytes = large(
      [1, vector([VOID])],
      [3, [1, 0]],
      [4, many(99_999, () => [0x70, 0, 0])],
      [7, many(90_000, (at) => [...name(`${at}`), 1, ...unsigned(at)])],
      [10, many(1, () => body([]))],
    );
    if (WebAssembly.validate(bytes)) bounded(bytes);
    else expect(() => meterModule(bytes)).toThrow(expect.objectContaining({ code: 'WP_MODULE_INVALID' }));
  });
});
