import { describe, expect, it } from 'vitest';
import { repoFile, callCli } from './run-cli.js';

const TYPES = repoFile('plugins-rust/build/types.wasm');

describe('wasm-plugin inspect --meter', () => {
  it('shows sizes, conventions, loops and time as a table', async () => {
    const { code, stdout, stderr } = await callCli(['inspect', TYPES, '--meter']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, table = ''] = stdout.split('\nMetering\n');
    expect(table).toMatch(
      /# +name +size +metered +growth +with stack depth +functions +by parameter +loops hoisted +time/,
    );
    expect(table).toMatch(/KiB +[\d.]+ KiB +\+\d+ % +\+\d+ % +\d+ +\d+ +\d+ +[\d.]+ ms/);
  });

  it('gives the same as JSON, and nothing of it where it was not asked for', async () => {
    const report = JSON.parse((await callCli(['inspect', TYPES, '--meter', '--json'])).stdout) as {
      coreModules: { sizeBytes: number; metered?: Record<string, number> }[];
    };
    for (const { sizeBytes, metered } of report.coreModules) {
      expect(metered?.['bytesBefore']).toBe(sizeBytes);
      expect(metered?.['bytesAfter']).toBeGreaterThan(sizeBytes);
      expect(metered?.['rewriteMs']).toBeGreaterThan(0);
    }
    expect((await callCli(['inspect', TYPES, '--json'])).stdout).not.toContain('metered');
  });
});

describe('wasm-plugin run with a limit', () => {
  it('says which one was hit, and where', async () => {
    const args = [
      'run',
      repoFile('plugins-rust/build/compressor.wasm'),
      '--export',
      'processor#get-parameter',
    ];
    const { code, stdout } = await callCli([...args, '--args', '[0]', '--fuel', '10', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'WP_QUOTA_FUEL', limit: 'fuel', allowed: 10, used: 10, trace: [{ moduleIndex: 0 }] },
    });
    expect(await callCli([...args, '--args', '[0]', '--fuel', 'lots'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('limits.fuel: wanted a number') as string,
    });
  });
});
