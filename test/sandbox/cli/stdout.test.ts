import { describe, expect, it } from 'vitest';
import { createSandbox, type Stdio } from '@wasm-plugin/engine/sandbox';
import type { OutputStream } from '../http-client.js';

function stdout(write: NonNullable<Stdio['stdout']>): OutputStream {
  const { imports } = createSandbox({ permissions: ['stdio'], grants: ['stdio'], stdio: { stdout: write } });
  const module = imports['wasi:cli/stdout@0.2.0'] as unknown as { getStdout: () => OutputStream };
  return module.getStdout();
}

describe('the standard output', () => {
  it('gives the host zeroes of its own, which it may keep and change', () => {
    const kept: Uint8Array[] = [];
    const stream = stdout((bytes) => {
      kept.push(bytes.slice());
      bytes.fill(1);
    });
    stream.writeZeroes(150_000n);
    stream.writeZeroes(3n);
    expect(kept.map(({ length }) => length)).toEqual([65_536, 65_536, 18_928, 3]);
    expect(kept.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});
