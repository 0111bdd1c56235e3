import { findInSourceMap, findLines, TraceBudget } from '#internals';
import { describe, expect, it } from 'vitest';
import {
  joined,
  lineUnit,
  pathTable,
  repeated,
  sameTextTable,
  setAddress,
} from '../../support/line-table.js';

const END = Uint8Array.from([0, 1, 1]);

/** A row for each of the addresses 16, 32, 48 …, in line 10, 11, 12 …, of the given file. */
function sequence(file: number, rows: number): Uint8Array {
  const row = Uint8Array.from([1, 2, 16, 3, 1]);
  return joined(setAddress(16), Uint8Array.from([4, file, 3, 9]), repeated(row, rows), END);
}

function sections(line: Uint8Array, lineStrings?: Uint8Array) {
  return { line, lineStrings, strings: undefined };
}

describe('findLines()', () => {
  const tables = joined(pathTable(['/src', '/lib']), pathTable(['a.c', 'b.c']));

  it('finds all addresses of a trace in one pass, of any order and unit', () => {
    const line = joined(
      lineUnit({ tables, program: sequence(1, 4) }),
      lineUnit({ tables, program: joined(setAddress(1000), Uint8Array.from([1, 2, 8]), END) }),
    );
    const places = findLines(sections(line), [1003, 50, 17, 16, 999], new TraceBudget(10_000));
    expect(Object.fromEntries(places)).toEqual({
      16: { file: '/src/b.c', line: 10 },
      17: { file: '/src/b.c', line: 10 },
      50: { file: '/src/b.c', line: 12 },
      1003: { file: '/src/b.c', line: 1 },
    });
  });

  it('decodes no text but that of the file a row names, cut short', () => {
    const text = new Uint8Array(100_001).fill(0x41);
    text[100_000] = 0;
    const line = lineUnit({
      tables: joined(sameTextTable(1), sameTextTable(50_000)),
      program: sequence(3, 2),
    });
    const place = findLines(sections(line, text), [20], new TraceBudget(100_000)).get(20);
    expect(place?.line).toBe(10);
    expect(place?.file.length).toBeLessThan(10_000);
  });

  it('tells what it found before the budget was spent', () => {
    const line = joined(
      lineUnit({ tables, program: sequence(0, 4) }),
      lineUnit({ tables, program: joined(setAddress(1000), repeated(Uint8Array.from([1]), 5000), END) }),
    );
    const budget = new TraceBudget(1000);
    expect([...findLines(sections(line), [1000, 20], budget).keys()]).toEqual([20]);
  });
});

describe('findInSourceMap()', () => {
  function find(json: string, offsets: readonly number[], steps = 10_000) {
    const url = new TextEncoder().encode(`data:application/json,${json}`);
    const section = Uint8Array.from([0x80 | (url.length & 0x7f), url.length >> 7, ...url]);
    return findInSourceMap({ section, sourceMapOf: undefined, budget: new TraceBudget(steps) }, offsets);
  }

  it('finds all offsets in one pass, and none behind a segment without a source', () => {
    const json = JSON.stringify({ version: 3, sources: ['a.ts'], mappings: 'AAAA,QACE,QACE,Q' });
    const found = find(json, [30, 17, 9, 8, 0]);
    expect([...found].map(([offset, { line }]) => `${offset}:${line}`)).toEqual([
      '0:1',
      '8:2',
      '9:2',
      '17:3',
    ]);
  });

  it('leaves out lines below the first, which mappings may count to', () => {
    expect(find(JSON.stringify({ sources: ['a.ts'], mappings: 'AADA' }), [0]).size).toBe(0);
  });

  it('refuses what has more values than the budget allows to parse', () => {
    const json = JSON.stringify({ sources: ['a.ts'], names: Array(500).fill(0), mappings: 'AAAA' });
    expect(find(json, [0]).size).toBe(1);
    expect(find(json, [0], 1000).size).toBe(0);
  });
});
