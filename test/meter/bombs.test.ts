import { meterModule, type MeteredModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { runMetered } from './run-metered.js';
import { I32, moduleOf, name, unsigned, vector } from './wasm-builder.js';

const VOID = [0x60, 0, 0];
/** Multiple of the time of plain code of that size: far above the need here, far below the time of the quadratic way. */
const MOST_TIMES = 200;
const LIMIT = expect.objectContaining({ code: 'WP_MODULE_LIMIT' });

/** Like `vector`, for items that would be too many for one spread. */
function many(count: number, item: (at: number) => readonly number[]): number[] {
  const bytes = unsigned(count);
  for (let at = 0; at < count; at++) for (const byte of item(at)) bytes.push(byte);
  return bytes;
}

/** `moduleOf` for large sections. */
function large(...sections: readonly (readonly [id: number, payload: readonly number[]])[]) {
  const parts = sections.map(([id, payload]) => Buffer.from([id, ...unsigned(payload.length)]));
  const bodies = sections.map(([, payload], at) =>
    Buffer.concat([parts[at] as Buffer, Buffer.from(payload)]),
  );
  return new Uint8Array(Buffer.concat([moduleOf(), ...bodies]));
}

function body(code: readonly number[], locals: readonly number[] = [0]): number[] {
  const bytes = unsigned(locals.length + code.length + 1);
  for (const byte of locals) bytes.push(byte);
  for (const byte of code) bytes.push(byte);
  bytes.push(0x0b);
  return bytes;
}

function one(code: readonly number[]): Uint8Array<ArrayBuffer> {
  return large(
    [1, vector([VOID])],
    [3, [1, 0]],
    [7, vector([[...name('f'), 0, 0]])],
    [10, many(1, () => body(code))],
  );
}

/** Processor time of this process, in milliseconds: other processes do not count. */
function spent(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const PLAIN_BYTES = 2 ** 20;
const plain = one(
  Array.from({ length: PLAIN_BYTES }, (_, at) => (at % 3 === 0 ? 0x41 : at % 3 === 1 ? 1 : 0x1a)).slice(
    0,
    PLAIN_BYTES - (PLAIN_BYTES % 3),
  ),
);

/** Meters a module, and compares its time with that of plain code of the same size, before it and after. */
function bounded(bytes: Uint8Array): MeteredModule {
  const before = spent(() => meterModule(plain));
  let module: MeteredModule | undefined;
  let error: unknown;
  const taken = spent(() => {
    try {
      module = meterModule(bytes);
    } catch (thrown) {
      error = thrown;
    }
  });
  const after = spent(() => meterModule(plain));
  expect(taken / (Math.max(before, after) * Math.max(1, bytes.length / PLAIN_BYTES))).toBeLessThan(
    MOST_TIMES,
  );
  if (module === undefined) throw error;
  return module;
}

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

  it('many empty loops, by name', () => {
    const loops: number[] = [];
    for (let at = 0; at < 300_000; at++) loops.push(0x03, 0x40, 0x0b);
    const bytes = large([1, vector([VOID])], [3, many(7, () => [0])], [10, many(7, () => body(loops))]);
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
