import { describe, expect, it } from 'vitest';
import { HOST_ONLY } from '../../../engine/src/sandbox/host-only.js';
import { InputStream } from '../../../engine/src/sandbox/io/input-stream.js';
import { OutputStream, type ByteSink } from '../../../engine/src/sandbox/io/output-stream.js';

function stream(sink: Partial<ByteSink> = {}) {
  const writes: number[] = [];
  const charges: number[] = [];
  const out = new OutputStream(HOST_ONLY, {
    write: (bytes) => void writes.push(bytes.length),
    charge: (bytes) => void charges.push(bytes),
    ...sink,
  });
  return { out, writes, charges };
}

const source = (parts: Uint8Array[]) => new InputStream(HOST_ONLY, { read: () => parts.shift() });

describe('OutputStream.splice()', () => {
  it('writes and charges what there is, and makes no write of nothing', () => {
    const { out, writes, charges } = stream();
    const from = source([new Uint8Array(), new Uint8Array(3)]);
    expect([out.splice(from, 10n), out.splice(from, 10n)]).toEqual([0n, 3n]);
    expect([writes, charges]).toEqual([[3], [0, 3]]);
    expect(() => out.splice(from, 10n)).toThrow();
  });

  it('asks for no more than there is room for', () => {
    const asked: number[] = [];
    const from = new InputStream(HOST_ONLY, {
      read: (most) => {
        asked.push(most);
        return new Uint8Array(1);
      },
    });
    stream({ room: () => 7 }).out.splice(from, 100n);
    stream().out.splice(from, 2n ** 40n);
    expect(asked).toEqual([7, 2 ** 16]);
  });
});

describe('OutputStream.writeZeroes()', () => {
  it('writes parts of 64 KiB, and charges them before', () => {
    const { out, writes, charges } = stream();
    out.writeZeroes(BigInt(2 ** 17 + 5));
    expect([writes, charges]).toEqual([[2 ** 16, 2 ** 16, 5], [2 ** 17 + 5]]);
  });

  it('writes 16 MiB at most', () => {
    const { out, writes } = stream();
    expect(() => out.writeZeroes(2n ** 24n + 1n)).toThrow(expect.objectContaining({ code: 'WP_QUOTA_HOST' }));
    expect(writes).toEqual([]);
    out.writeZeroes(2n ** 24n);
    expect(writes).toHaveLength(256);
  });
});
