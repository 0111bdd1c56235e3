import { ByteWriter } from '@wasm-plugin/engine/module';
import {
  fixed32,
  joined,
  lineUnit,
  pathTable,
  repeated,
  sameTextTable,
  setAddress,
} from '../../support/line-table.js';
import type { Attack } from '../attack.js';
import { failingCall, failingModule, type CustomSections } from '../traced-guest.js';

const MIB = 2 ** 20;
const LIMITS = { fuel: 1000, timeMs: 50, wallMs: 50, memoryBytes: 65536, hostBytes: 1000 };
const LOOP_LIMITS = { ...LIMITS, fuel: 'none', wallMs: 'none' };

/** The opcodes of a line program that end a sequence. */
const END = Uint8Array.from([0, 1, 1]);

interface TraceAttack {
  customs: () => CustomSections;
  /** Code of the innermost function. @default `unreachable`, which ends the call as a trap. */
  body?: string;
  /** Code in each function before its call. */
  padding?: string;
}

/** An attack whose cost is the reading of the trace, after the call has ended. */
function traceAttack(name: string, { customs, body, padding = '' }: TraceAttack): Attack {
  return {
    name,
    folder: 'trace',
    limitMs: 300,
    memoryBytes: 32 * MIB,
    async prepare() {
      const shape = body === undefined ? { padding } : { body, padding };
      const module = await failingModule(customs(), shape);
      const isLate = body !== undefined;
      return failingCall(module, {
        limits: isLate ? LOOP_LIMITS : LIMITS,
        wanted: isLate ? 'WP_QUOTA_TIME' : 'WP_TRAP',
      });
    },
  };
}

function text(letter: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length + 1).fill(letter.charCodeAt(0));
  bytes[length] = 0;
  return bytes;
}

function rows(part: readonly number[], bytes: number): CustomSections {
  const program = joined(setAddress(1), repeated(Uint8Array.from(part), Math.floor(bytes / part.length)));
  return { '.debug_line': lineUnit({ program }) };
}

function sourceMap(json: string): CustomSections {
  const url = new TextEncoder().encode(`data:application/json,${json}`);
  const writer = new ByteWriter(url.length + 8);
  writer.sized(url);
  return { sourceMappingURL: writer.copy() };
}

/** A name section that names functions over and over, none of which is in the trace. */
function names(bytes: number): CustomSections {
  const entry = Uint8Array.from([0xff, 0xff, 0x03, 1, 0x61]);
  const count = Math.floor(bytes / entry.length);
  const part = new ByteWriter(bytes + 16);
  part.u32(count);
  part.copyFrom(repeated(entry, count));
  const writer = new ByteWriter(bytes + 32);
  writer.byte(1);
  writer.sized(part.view());
  return { name: writer.copy() };
}

/** Branch hints of functions that are not there. */
function hints(bytes: number): CustomSections {
  const entry = Uint8Array.from([0xff, 0x7f, 1, 1, 1, 1]);
  const count = Math.floor(bytes / entry.length);
  const writer = new ByteWriter(bytes + 16);
  writer.u32(count);
  writer.copyFrom(repeated(entry, count));
  return { 'metadata.code.branch_hint': writer.copy() };
}

/** Every unit covers all the code by a row of a file that its table does not have. */
function uselessUnits(count: number): CustomSections {
  const program = joined(setAddress(1), Uint8Array.from([4, 0x7f, 1, 2, 0xff, 0xff, 0x03, 1]), END);
  return { '.debug_line': repeated(lineUnit({ program }), count) };
}

/** Each row of the trace has a file of its own, far behind in a table of paths. */
function farFiles(): CustomSections {
  const count = 200_000;
  const files = pathTable(Array.from({ length: count }, () => 'f'));
  const steps = Array.from({ length: 400 }, (_, at) => {
    const writer = new ByteWriter(8);
    writer.byte(4);
    writer.u32(count - 1 - at);
    writer.byte(1);
    writer.byte(2);
    writer.byte(1);
    return writer.copy();
  });
  const program = joined(setAddress(1), ...steps, END);
  return { '.debug_line': lineUnit({ tables: joined(pathTable(['/']), files), program }) };
}

const SPIN = '(loop $l (br $l))';

export const attacks: Attack[] = [
  traceAttack('DWARF: 100,000 entries of one text of 1 MiB', {
    customs: () => ({
      '.debug_line': lineUnit({ tables: joined(sameTextTable(100_000), sameTextTable(1)) }),
      '.debug_line_str': text('A', MIB),
    }),
  }),
  traceAttack('DWARF: a file with a path of 8 MiB', {
    customs: () => ({
      '.debug_line': lineUnit({
        tables: joined(sameTextTable(1), sameTextTable(1)),
        program: joined(setAddress(1), Uint8Array.from([4, 0, 1, 2, 0xff, 0xff, 0x03, 1]), END),
      }),
      '.debug_line_str': text('A', 8 * MIB),
    }),
  }),
  traceAttack('DWARF: 15 MiB of special opcodes', { customs: () => rows([0x4b], 15 * MIB) }),
  traceAttack('DWARF: 15 MiB of extended opcodes', { customs: () => rows([0, 1, 0x80], 15 * MIB) }),
  traceAttack('DWARF: 15 MiB of operands in LEB128 without end', {
    customs: () => rows([5, ...Array.from({ length: 1000 }, () => 0x80), 0], 15 * MIB),
  }),
  traceAttack('DWARF: 200,000 units that cover all code', { customs: () => uselessUnits(200_000) }),
  traceAttack('DWARF: files at the end of a table of 200,000', { customs: farFiles }),
  traceAttack('DWARF: 15 MiB of rows after a deadline', {
    customs: () => rows([0x4b], 15 * MIB),
    body: SPIN,
  }),
  traceAttack('a source map of 30 MiB of mappings', {
    customs: () => sourceMap(`{"version":3,"sources":["a"],"mappings":"${'AAAA,'.repeat(6 * MIB)}"}`),
  }),
  traceAttack('a source map of 3 MiB of mappings', {
    customs: () => sourceMap(`{"version":3,"sources":["a"],"mappings":"${'AAAA,'.repeat(0.6 * MIB)}"}`),
  }),
  traceAttack('a source map of 3 MiB of objects', {
    customs: () => sourceMap(`{"mappings":"","sources":[${'{},'.repeat(MIB)}{}]}`),
  }),
  traceAttack('a source map of nested arrays', {
    customs: () => sourceMap(`{"mappings":"","sources":${'['.repeat(1.5 * MIB)}${']'.repeat(1.5 * MIB)}}`),
  }),
  traceAttack('a source map of 3 MiB of escapes', {
    customs: () => sourceMap(`{"mappings":"","sources":["${'\\u0061'.repeat(MIB / 2)}"]}`),
  }),
  traceAttack('14 MiB of function names', { customs: () => names(14 * MIB) }),
  traceAttack('14 MiB of function names after a deadline', { customs: () => names(14 * MIB), body: SPIN }),
  traceAttack('14 MiB of branch hints', { customs: () => hints(14 * MIB) }),
  traceAttack('twelve functions of 200 KiB', {
    customs: () => ({}),
    padding: `(if (i32.const 0) (then ${'(drop (i32.const 1))'.repeat(70_000)}))`,
  }),
  traceAttack('100,000 sections before a DWARF table', {
    customs: () => ({
      ...Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`.${at}`, fixed32(at)])),
      ...rows([0x4b], MIB),
    }),
  }),
];
