import { createSandbox, type SandboxOptions } from '@wasm-plugin/engine/sandbox';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SCRIPT_UNAVAILABLE } from './script-guest.js';
import { start } from './support.js';

afterEach(() => vi.restoreAllMocks());

describe('a plugin without a manifest, where the host chooses "deterministic"', () => {
  it('runs as it would with the capabilities, the same each time', async () => {
    const seen = async (seed: number): Promise<unknown[]> => {
      const { attempt } = await start('probe', { grants: [], deterministic: { seed, startMs: 86_400_000 } });
      return ['now', 'random', 'env', 'elapsed', 'hash'].map((word) => attempt(word));
    };
    const [first] = await seen(1);
    expect(first).toEqual({ value: '86400', state: 'ready', denials: [] });
    expect(await seen(1)).toEqual(await seen(1));
    expect((await seen(1))[1]).not.toEqual((await seen(2))[1]);
    expect((await seen(1))[2]).toMatchObject({ value: '' });
  });

  it('does not wait', async () => {
    const wait = vi.fn<() => void>();
    const clock = { monotonicNs: () => 0n, wallNs: () => 0n, wait };
    const { attempt } = await start('probe', { grants: [], deterministic: true, clock });
    expect(attempt('sleep', '100000').value).toBe('slept');
    expect(attempt('now').value).toBe('100');
    expect(wait).not.toHaveBeenCalled();
  });

  it('sees what it was given all the same', async () => {
    const clock = { monotonicNs: () => 0n, wallNs: () => 1_700_000_000_000_000_000n };
    const { attempt } = await start('probe', { grants: ['clock'], deterministic: true, clock });
    expect(attempt('now').value).toBe('1700000000');
  });

  it.skipIf(SCRIPT_UNAVAILABLE !== undefined)(
    `runs a guest in JavaScript${SCRIPT_UNAVAILABLE === undefined ? '' : ` (skipped: ${SCRIPT_UNAVAILABLE})`}`,
    async () => {
      const { attempt } = await start('script', { grants: [], deterministic: true });
      expect(attempt('now').state).toBe('ready');
      expect(attempt('random').state).toBe('ready');
    },
  );
});

interface Clocks {
  'wasi:clocks/wall-clock@0.2.0': { now(): { seconds: bigint } };
  'wasi:clocks/monotonic-clock@0.2.0': { now(): bigint };
}

function clocks(options: Partial<SandboxOptions> = {}): { wall(): number; monotonic(): number } {
  const sandbox = createSandbox({ permissions: ['clock'], grants: ['clock'], ...options });
  const imports = sandbox.imports as unknown as Clocks;
  return {
    wall: () => Number(imports['wasi:clocks/wall-clock@0.2.0'].now().seconds),
    monotonic: () => Number(imports['wasi:clocks/monotonic-clock@0.2.0'].now()) / 1e9,
  };
}

describe('the clock of the machine', () => {
  it('follows the system time, and only the wall clock does', () => {
    const { wall, monotonic } = clocks();
    const before = [wall(), monotonic()] as const;
    const real = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(real + 3_600_000);
    expect(Math.round((wall() - before[0]) / 60)).toBe(60);
    expect(Math.round((monotonic() - before[1]) / 60)).toBe(0);
    vi.restoreAllMocks();
    expect(Math.round((wall() - before[0]) / 60)).toBe(0);
  });

  it('counts finer than milliseconds', () => {
    const imports = createSandbox({ permissions: ['clock'], grants: ['clock'] }).imports as unknown as {
      'wasi:clocks/wall-clock@0.2.0': { now(): { nanoseconds: number } };
    };
    const parts = Array.from({ length: 50 }, () => imports['wasi:clocks/wall-clock@0.2.0'].now().nanoseconds);
    expect(parts.some((nanoseconds) => nanoseconds % 1_000_000 !== 0)).toBe(true);
  });
});

describe('denials', () => {
  it('are told once each, and those of a flood one a second', async () => {
    let ms = 0;
    const told: string[] = [];
    const { attempt } = await start('probe', {
      grants: [],
      clock: { monotonicNs: () => BigInt(ms) * 1_000_000n, wallNs: () => 0n },
      onDenied: ({ capability }) => told.push(capability),
    });
    for (let at = 0; at < 100; at++) attempt('read', '/etc/passwd');
    expect(told).toEqual(['fs:/etc/passwd:ro']);
    for (let at = 0; at < 1000; at++) attempt('read', `/etc/${at}`);
    expect(told).toHaveLength(65);
    ms = 1000;
    for (let at = 1000; at < 2000; at++) attempt('read', `/etc/${at}`);
    expect(told).toHaveLength(66);
  });
});
