import { describe, expect, it } from 'vitest';
import { body, bounded, large, LIMIT, many, VOID } from './bounded.js';
import { name, unsigned, vector } from './wasm-builder.js';

describe('meterModule() takes bounded time and memory for', () => {
  it('exports whose names fill up the private names', () => {
    const names = ['$meter'];
    for (let at = 0; at < 2000; at++) names.push(`${names.at(-1)}$`);
    for (let at = 2; at < 3000; at++) names.push(`$meter${at}:`);
    const bytes = large(
      [1, vector([VOID])],
      [3, [1, 0]],
      [7, many(30_000, (at) => [...name(names[at] ?? `${at}`), 0, 0])],
      [10, many(1, () => body([]))],
    );
    expect(bounded(bytes).bytes.length).toBeLessThan(4 * bytes.length);
  });

  it('many empty loops, by name', () => {
    const loops: number[] = [];
    for (let at = 0; at < 300_000; at++) loops.push(0x03, 0x40, 0x0b);
    const bytes = large([1, vector([VOID])], [3, many(7, () => [0])], [10, many(7, () => body(loops))]);
    expect(() => bounded(bytes)).toThrow(LIMIT);
  });

  it('name sections in as many parts as functions that are called', () => {
    const count = 60_000;
    const parts = name('name');
    for (let at = 0; at < count; at++) parts.push(1, 4, 1, 0, 1, 0x61);
    const callsAll: number[] = [];
    for (let at = 0; at < count; at++) callsAll.push(0x10, ...unsigned(at));
    const bytes = large(
      [1, vector([VOID])],
      [3, many(count, () => [0])],
      [7, vector([[...name('f'), 0, 0]])],
      [9, [1, 3, 0, ...many(count, (at) => unsigned(at))]],
      [10, many(count, (at) => body(at === 0 ? callsAll : []))],
      [0, parts],
    );
    const module = bounded(bytes);
    expect(module.offsetMap.nameOf(0)).toBe('a');
  });
});
