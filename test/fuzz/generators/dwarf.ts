import { findInSourceMap, findLines, TRACE_STEPS, TraceBudget } from '#internals';
import { lineProgram, type Row } from '../../support/line-program.js';
import { joined, lineUnit, oldLineUnit, pathTable } from '../../support/line-table.js';
import { sourceMapText, type Segment } from '../../support/source-map-text.js';
import type { Random } from '../../support/random.js';
import { mutate } from '../mutate.js';
import type { Generator } from '../generator.js';

/** Line tables or a source map, and the places that are looked for in it. */
export interface TraceInput {
  kind: 'dwarf' | 'source map';
  section: Uint8Array;
  /** `.debug_line_str` and `.debug_str`, which DWARF refers to. */
  texts: Uint8Array;
  wanted: readonly number[];
  /** `file:line` of each place, in their order; `undefined` where the section was mutated. */
  expected: readonly (string | undefined)[] | undefined;
}

/** More than any message shows of a name, with its folder. */
const MOST_FILE_LENGTH = 9000;
const FILES = ['a.c', 'lib/b.rs', 'ü.ts'];

/** The rows of one sequence: their addresses grow. */
function rowsFrom(random: Random): Row[] {
  let address = 1 + random.below(2000);
  let line = 1 + random.below(100);
  return random.many(1 + random.below(8), () => {
    const row = { address, line, file: random.below(FILES.length), column: random.below(3) * 40 };
    address += random.pick([1, 2, 15, 300, 70_000]);
    line = Math.max(1, line + random.pick([0, 1, 2, -3, 500]));
    return row;
  });
}

function dwarfInput(random: Random): TraceInput {
  const sequences: (readonly Row[])[] = [];
  const units = random.many(1 + random.below(3), () => {
    const rows = random.many(1 + random.below(3), () => rowsFrom(random));
    sequences.push(...rows);
    const program = joined(...rows.map((each) => lineProgram(each, random)));
    return random.chance(0.5)
      ? lineUnit({ tables: joined(pathTable(['']), pathTable(['unused', ...FILES])), program })
      : oldLineUnit(FILES, program);
  });
  const wanted = placesNear(random, sequences.flat());
  return {
    kind: 'dwarf',
    section: joined(...units),
    texts: new Uint8Array(random.below(2000)).fill(0x61),
    wanted,
    expected: wanted.map((place) => sourceAt(place, sequences)),
  };
}

/** Finds the place the slow way: the first row that covers it. */
function sourceAt(place: number, sequences: readonly (readonly Row[])[]): string | undefined {
  for (const rows of sequences) {
    for (const [at, { address, file, line }] of rows.entries()) {
      const end = rows[at + 1]?.address;
      if (end !== undefined && address <= place && place < end) return `${FILES[file] as string}:${line}`;
    }
  }
  return undefined;
}

function mapInput(random: Random): TraceInput {
  let address = random.below(100);
  const segments: Segment[] = random.many(1 + random.below(20), () => {
    const segment = {
      address,
      file: random.below(FILES.length),
      line: random.below(2000),
      bare: random.chance(0.2),
    };
    address += random.pick([1, 2, 40, 9000]);
    return segment;
  });
  const wanted = placesNear(random, segments);
  return {
    kind: 'source map',
    section: new TextEncoder().encode(sourceMapText(segments, FILES)),
    texts: new Uint8Array(),
    wanted,
    expected: wanted.map((place) => {
      const found = segments.findLast((segment) => segment.address <= place);
      return found === undefined || found.bare
        ? undefined
        : `${FILES[found.file] as string}:${found.line + 1}`;
    }),
  };
}

function placesNear(random: Random, rows: readonly { address: number }[]): number[] {
  return random.many(1 + random.below(10), () => random.pick(rows).address + random.pick([-1, 0, 0, 1, 20]));
}

function find({ kind, section, texts, wanted }: TraceInput, steps: number) {
  const budget = new TraceBudget(steps);
  if (kind === 'dwarf') {
    return findLines({ line: section, lineStrings: texts, strings: texts }, wanted, budget);
  }
  const text = new TextDecoder().decode(section);
  return findInSourceMap({ section: Uint8Array.of(1, 0x6d), sourceMapOf: () => text, budget }, wanted);
}

export const generator: Generator<TraceInput> = {
  name: 'dwarf',
  make(random) {
    const input = random.chance(0.7) ? dwarfInput(random) : mapInput(random);
    if (random.chance(0.3)) return input;
    const other = random.chance(0.5) ? dwarfInput(random) : input;
    const section = mutate(input.section, random, other.section);
    return { ...input, section, expected: undefined };
  },
  check(input) {
    const found = find(input, TRACE_STEPS);
    for (const [place, { file, line }] of found) {
      if (!input.wanted.includes(place)) throw new Error(`${place} was not asked for`);
      if (file.length > MOST_FILE_LENGTH) throw new Error(`a file of ${file.length} characters`);
      if (!(line >= 1)) throw new Error(`line ${line}`);
    }
    const few = find(input, 300);
    for (const [place, { file, line }] of few) {
      const full = found.get(place);
      if (full?.file !== file || full.line !== line) throw new Error(`${place} differs with fewer steps`);
    }
    if (input.expected === undefined) return found.size > 0 ? 'mutated: found' : 'mutated: nothing';
    for (const [at, place] of input.wanted.entries()) {
      const { file, line } = found.get(place) ?? {};
      const got = file === undefined ? undefined : `${file}:${line ?? 0}`;
      if (got !== input.expected[at])
        throw new Error(`${place}: wanted ${input.expected[at] ?? 'nothing'}, got ${got ?? 'nothing'}`);
    }
    return `${input.kind}: as expected`;
  },
  *shrink(input) {
    if (input.wanted.length > 1) {
      for (let at = 0; at < input.wanted.length; at++) {
        const keep = <T>(items: readonly T[]): T[] => items.filter((_, index) => index !== at);
        yield { ...input, wanted: keep(input.wanted), expected: input.expected && keep(input.expected) };
      }
    }
    if (input.expected !== undefined) return;
    for (let size = input.section.length >> 1; size >= 1; size >>= 1) {
      for (let at = 0; at < input.section.length; at += size) {
        const rest = [input.section.subarray(0, at), input.section.subarray(at + size)];
        yield { ...input, section: joined(...rest) };
      }
    }
  },
  show: ({ section }) => section,
};
