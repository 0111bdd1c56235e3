import { parseCapability } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../engine/src/sandbox/gate.js';
import { randomImports } from '../../engine/src/sandbox/random.js';

const RANDOM = [parseCapability('random')];

interface Random {
  getRandomBytes(length: bigint): Uint8Array;
  getRandomU64(): bigint;
}

/** Imports whose generator counts up, and the lengths that it was asked for. */
function random() {
  const gate = new Gate({
    plugin: 'a',
    permissions: RANDOM,
    grants: () => RANDOM,
    onDenied: () => undefined,
    now: () => 0,
  });
  const asked: number[] = [];
  let next = 1;
  const fill = (bytes: Uint8Array): void => {
    asked.push(bytes.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = next++;
  };
  const imports = randomImports(gate, { fill, ungranted: undefined });
  return { asked, exports: imports['wasi:random/random@0.2.0'] as Random };
}

describe('randomImports()', () => {
  it('makes a number of eight bytes, the first the lowest', () => {
    expect(random().exports.getRandomU64()).toBe(0x0807060504030201n);
  });

  it('fills each byte once, 64 KiB at a time', () => {
    const { asked, exports } = random();
    const bytes = exports.getRandomBytes(BigInt(2 ** 16 + 3));
    expect(asked).toEqual([2 ** 16, 3]);
    expect(bytes.every((byte, at) => byte === ((at + 1) & 255))).toBe(true);
  });

  it('refuses more than 16 MiB, and asks the generator for nothing', () => {
    const { asked, exports } = random();
    expect(() => exports.getRandomBytes(2n ** 24n + 1n)).toThrow(
      expect.objectContaining({ code: 'WP_QUOTA_HOST' }),
    );
    expect(asked).toEqual([]);
    expect(exports.getRandomBytes(0n)).toEqual(new Uint8Array());
    expect(exports.getRandomBytes(2n ** 24n)).toHaveLength(2 ** 24);
  });
});
