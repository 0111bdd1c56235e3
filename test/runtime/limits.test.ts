import { readFileSync } from 'node:fs';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import type { Limits } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { quotaOf } from '../support/quota-of.js';

const BYTES = readFileSync(new URL('../../plugins-rust/build/types.wasm', import.meta.url));
const IMPORTS = { 'wasm-plugin:types/host': { hostAdd: (a: number, b: number) => a + b } };

interface Ops {
  add(a: number, b: number): number;
  echo(text: string): string;
  callHost(times: number): number;
  Counter: new (start: number) => Disposable;
}

async function start(limits: Limits): Promise<{ instance: Instance; ops: Ops }> {
  const plugin = await createEngine({ imports: IMPORTS, limits }).load(BYTES);
  const instance = plugin.instantiate();
  return { instance, ops: instance.exports['ops'] as Ops };
}

describe('limits of an instance', () => {
  it('counts host calls anew for each call', async () => {
    const { instance, ops } = await start({ hostCalls: 10 });
    for (let index = 0; index < 5; index++) expect(ops.callHost(10)).toBe(10);
    const error = quotaOf(() => ops.callHost(11));
    expect(error).toMatchObject({ code: 'WP_QUOTA_HOST', limit: 'hostCalls', allowed: 10, used: 11 });
    expect(instance.state).toBe('dead');
    expect(() => ops.add(1, 2)).toThrow(error);
  });

  it('counts bytes across the boundary anew for each call', async () => {
    const { instance, ops } = await start({ hostBytes: '1 kB' });
    expect(ops.echo('x'.repeat(500))).toHaveLength(500);
    expect(ops.echo('x'.repeat(500))).toHaveLength(500);
    const error = quotaOf(() => ops.echo('x'.repeat(501)));
    expect(error).toMatchObject({ code: 'WP_QUOTA_HOST', limit: 'hostBytes', unit: 'bytes', allowed: 1000 });
    expect(instance.usage().hostBytes).toBeGreaterThan(2000);
  });

  it('counts resource handles alive', async () => {
    const { ops } = await start({ handles: 2 });
    const counters = [new ops.Counter(1), new ops.Counter(2), new ops.Counter(3)];
    expect(counters).toHaveLength(3);
    const { ops: none } = await start({ handles: 0 });
    expect(quotaOf(() => new none.Counter(1))).toMatchObject({
      code: 'WP_QUOTA_HANDLES',
      allowed: 0,
      used: 1,
    });
  });

  it('counts instances of a plugin alive', async () => {
    const plugin = await createEngine({ imports: IMPORTS }).load(BYTES, { limits: { instances: 1 } });
    const first = plugin.instantiate();
    expect(quotaOf(() => plugin.instantiate())).toMatchObject({
      code: 'WP_QUOTA_INSTANCES',
      allowed: 1,
      used: 2,
    });
    first.close();
    expect(plugin.instantiate().state).toBe('ready');
  });
});
