import { readFileSync } from 'node:fs';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { createSandbox } from '@wasm-plugin/engine/sandbox';
import type { Limits } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { quotaOf } from '../support/quota-of.js';

const BYTES = readFileSync(new URL('../../plugins-rust/build/compressor.wasm', import.meta.url));

interface Exports {
  lifecycle: { init(settings: []): void };
  state: { serialize(): Uint8Array };
}

/** Starts the compressor in a sandbox with the usual limits. It logs a line as it starts. */
async function start(limits: Limits): Promise<{ instance: Instance; exports: Exports; lines: string[] }> {
  const lines: string[] = [];
  const sandbox = createSandbox({
    permissions: ['log', 'config'],
    grants: ['log', 'config'],
    log: { sink: (_, message) => lines.push(message) },
  });
  const plugin = await createEngine({ limits }).load(BYTES, { name: 'compressor' });
  const instance = plugin.instantiate({ imports: sandbox.imports, onEnd: () => sandbox.close() });
  const exports = instance.exports as unknown as Exports;
  exports.lifecycle.init([]);
  return { instance, exports, lines };
}

describe('stateBytes', () => {
  it('refuses a state that is larger, and leaves the instance usable', async () => {
    const { instance, exports } = await start({});
    const { length } = exports.state.serialize();
    expect(instance.usage().stateBytes).toBe(length);
    const { exports: fits } = await start({ stateBytes: length });
    expect(fits.state.serialize()).toHaveLength(length);
    const { instance: small, exports: tooLarge } = await start({ stateBytes: length - 1 });
    expect(quotaOf(() => tooLarge.state.serialize())).toMatchObject({
      code: 'WP_QUOTA_STATE',
      unit: 'bytes',
      allowed: length - 1,
      used: length,
      plugin: 'compressor',
      instanceUsable: true,
    });
    expect([small.state, small.usage().stateBytes]).toEqual(['ready', 0]);
  });
});

describe('logLinesPerSecond', () => {
  it('holds where the host gives the log, also one that would take more', async () => {
    const { instance, lines } = await start({});
    expect(lines).toHaveLength(1);
    expect(instance.usage().logLinesDropped).toBe(0);
    const { instance: silenced, lines: warnings } = await start({ logLinesPerSecond: 0 });
    expect(warnings).toEqual(['lines are dropped: at most 0 a second are allowed']);
    expect(silenced.usage().logLinesDropped).toBe(1);
  });
});
