import { QuotaError, type Capability } from '@wasm-plugin/abi';
import { countArgument } from './argument.js';
import type { Gate } from './gate.js';

const RANDOM: Capability = { kind: 'random' };
/** Most bytes that a call may ask for. */
const MOST_BYTES = 2 ** 24;
/** Most bytes that the generator returns at once. */
const CHUNK_BYTES = 65_536;
/** Seed of hash tables in a plugin without the grant. */
const FIXED_SEED = [0x9e3779b97f4a7c15n, 0xd1b54a32d192ed03n];

/** Fills an array with random bytes. */
type Fill = (bytes: Uint8Array) => unknown;

/**
 * The interfaces of `wasi:random`. They have no way to refuse: without `random` a call ends the instance, unless there are
 * numbers for those that lack it. But for `insecure-seed`, which languages read for their hash tables before anything else, and
 * which the specification allows to be the same always: there a plugin without `random` gets a constant.
 */
export function randomImports(
  gate: Gate,
  { fill, ungranted }: { fill: Fill; ungranted: Fill | undefined },
): Record<string, unknown> {
  const source = (): Fill => {
    if (ungranted !== undefined && gate.lacking(RANDOM) !== undefined) return ungranted;
    gate.demand(RANDOM);
    return fill;
  };
  const bytes = (length: bigint): Uint8Array => {
    const from = source();
    const count = countArgument(length, MOST_BYTES + 1);
    if (count > MOST_BYTES) {
      const facts = { limit: 'hostBytes', unit: 'bytes', allowed: MOST_BYTES, used: Number(length) } as const;
      throw new QuotaError('WP_QUOTA_HOST', facts);
    }
    const result = new Uint8Array(count);
    for (let at = 0; at < count; at += CHUNK_BYTES) from(result.subarray(at, at + CHUNK_BYTES));
    return result;
  };
  const word = (): bigint => new DataView(bytes(8n).buffer).getBigUint64(0, true);
  return {
    'wasi:random/random@0.2.0': { getRandomBytes: bytes, getRandomU64: word },
    'wasi:random/insecure@0.2.0': { getInsecureRandomBytes: bytes, getInsecureRandomU64: word },
    'wasi:random/insecure-seed@0.2.0': {
      insecureSeed: () =>
        ungranted !== undefined || gate.lacking(RANDOM) === undefined ? [word(), word()] : [...FIXED_SEED],
    },
  };
}
