import { readFileSync } from 'node:fs';
import {
  createPluginHost,
  readPackage,
  type PluginHost,
  type PluginPackage,
  type PluginReloadsOptions,
} from '@wasm-plugin/engine/host';
import type { ReloadEvent } from '@wasm-plugin/engine/reload';
import { PluginReloads } from '#internals';
import { ManualClock, MIGRATIONS, type Answer, type Counting } from '../reload/counter.js';
import { pluginFiles } from './plugin-files.js';

const COUNTING = 'wasm-plugin:counter/counting@1.0.0';

/** The component of a version of the counter. */
export function counterBytes(number: number): Uint8Array {
  return new Uint8Array(
    readFileSync(new URL(`../../plugins-rust/build/counter-v${number}.wasm`, import.meta.url)),
  );
}

/** A version of the counter as a plugin in memory. */
export function counterFiles(
  number: number,
  {
    id = 'counter',
    version = `${number}.0.0`,
    ...more
  }: { id?: string; version?: string; [key: string]: unknown } = {},
) {
  const manifest = {
    version,
    world: 'wasm-plugin:counter/counter',
    interfaces: [COUNTING],
    permissions: [{ capability: 'log', reason: 'to announce', required: false }],
    state: { schema: number, restores: number === 2 ? [1, 2] : [number] },
    config: {
      schema: { type: 'object', properties: { fault: { type: 'string' } }, additionalProperties: false },
    },
    ...more,
  };
  return pluginFiles(id, manifest, counterBytes(number));
}

/** Version 2 with a fault that only it has. */
export async function faultyPackage(fault: string): Promise<PluginPackage> {
  const properties = { fault: { type: 'string', default: fault } };
  return await readPackage(counterFiles(2, { config: { schema: { type: 'object', properties } } }));
}

/** A host of counters whose versions 1, 2 and 3 are known, and its reloads; version 1 runs. */
export async function counterHost(options: PluginReloadsOptions = {}, config: Record<string, string> = {}) {
  const clock = new ManualClock();
  const host: PluginHost = createPluginHost({ grants: ['log'], now: clock.now });
  const events: (ReloadEvent & { plugin: string })[] = [];
  const reloads = new PluginReloads(host, {
    clock,
    migrations: () => MIGRATIONS,
    onEvent: (event) => events.push(event),
    ...options,
  });
  for (const number of [1, 2, 3]) await host.add(counterFiles(number));
  const plugin = await host.load('counter', { version: '1.0.0', config });
  const counting = plugin.exports[COUNTING] as unknown as Counting;
  return { clock, host, reloads, plugin, counting, events, close: () => closing(host, reloads) };
}

async function closing(host: PluginHost, reloads: PluginReloads): Promise<void> {
  await reloads.close();
  await host.close();
}

export type { Answer };
