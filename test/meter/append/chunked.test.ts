import { describe, expect, it } from 'vitest';
import { appendCopy, appendFill, ASK } from '../../../engine/src/meter/append/index.js';
import { appended } from './appended-module.js';

const MIB = 2 ** 20;
const PAGES = 64;
const SIZE = PAGES * 65_536;

/** A memory of 4 MiB, with `fill` and `copy` of ours, whose hook counts its calls. */
async function memory({ passes = (_look: number): boolean => true } = {}) {
  const asked: number[] = [];
  const instance = await appended(
    `(module (memory (export "m") ${PAGES} ${PAGES}))`,
    (appendix, place) => ({
      fill: appendFill(appendix, place, 0, false),
      copy: appendCopy(appendix, place, { to: 0, from: 0, wide: false }),
    }),
    (question) => (asked.push(question), passes(asked.length) ? 1 : 0),
  );
  const bytes = new Uint8Array((instance.export('m') as WebAssembly.Memory).buffer);
  return { bytes, asked, ...instance };
}

describe('appendFill()', () => {
  it.each([
    [0, 0],
    [MIB, 0],
    [MIB + 1, 1],
    [3 * MIB, 2],
    [3 * MIB + 5, 3],
  ])('fills %i bytes with %i looks at the deadline', async (length, looks) => {
    const { bytes, asked, call } = await memory();
    call('fill', 7, 9, length);
    expect(asked).toEqual(Array.from({ length: looks }, () => ASK.POLL));
    expect([bytes[6], bytes[7 + length]]).toEqual([0, 0]);
    expect(bytes.subarray(7, 7 + length).every((byte) => byte === 9)).toBe(true);
  });

  it.each([
    [1, SIZE],
    [SIZE - 2 * MIB + 1, 2 * MIB],
    [-1, 2 * MIB],
    [0, -1],
  ])('traps and writes nothing where [%i, +%i) is not all in the memory', async (start, length) => {
    const { bytes, asked, call } = await memory();
    expect(() => call('fill', start, 9, length)).toThrow(WebAssembly.RuntimeError);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
    expect(asked).toEqual([]);
  });

  it('stops between two pieces once the deadline has passed', async () => {
    const { bytes, call } = await memory({ passes: (look) => look < 2 });
    expect(() => call('fill', 0, 9, 4 * MIB)).toThrow('unreachable');
    expect([bytes[2 * MIB - 1], bytes[2 * MIB]]).toEqual([9, 0]);
  });
});

describe('appendCopy()', () => {
  it.each([
    ['forwards', 5, 0],
    ['backwards', 0, 5],
    ['far apart', 2 * MIB - 3, 1],
    ['onto itself', 3, 3],
  ])('copies what overlaps, %s', async (_, to, from) => {
    const { bytes, asked, call } = await memory();
    for (let at = 0; at < bytes.length; at += 4093) bytes[at] = at % 251;
    const expected = bytes.slice();
    const length = MIB + 12_345;
    expected.copyWithin(to, from, from + length);
    call('copy', to, from, length);
    expect(Buffer.compare(bytes, expected)).toBe(0);
    expect(asked).toEqual([ASK.POLL]);
  });

  it.each([
    [SIZE - MIB, 0],
    [0, SIZE - MIB],
  ])('traps and writes nothing where a range ends outside (to %i, from %i)', async (to, from) => {
    const { bytes, call } = await memory();
    bytes.fill(1, from, from + 10);
    const before = bytes.slice();
    expect(() => call('copy', to, from, MIB + 1)).toThrow(WebAssembly.RuntimeError);
    expect(Buffer.compare(bytes, before)).toBe(0);
  });
});
