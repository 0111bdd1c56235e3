import { dirname, join, resolve } from 'node:path';
import type { HostConfig } from '@wasm-plugin/abi/host-config';
import type { CreatePluginHostOptions, PluginBuilder, PluginPackage } from '@wasm-plugin/engine/host';
import { createFileStore } from '@wasm-plugin/engine/reload';

/**
 * The compute time of a call where the configuration sets none: a call that never ends would end everything, since plugins
 * run on the host's own thread.
 */
const DEFAULT_TIME_MS = 10_000;

/** Options that a running host can take up; others need a start. */
export const LIVE_OPTIONS = [
  'folders',
  'autoLoad',
  'plugins',
  'grants',
] as const satisfies (keyof HostConfig)[];

/** Returns the options of a host from its configuration. */
export function hostOptionsFrom(
  config: HostConfig,
  builderOf: (source: PluginPackage) => PluginBuilder | undefined,
): CreatePluginHostOptions {
  const { door: _, store, live = true, limits, ...rest } = config;
  return {
    supervise: true,
    ...rest,
    limits: { timeMs: DEFAULT_TIME_MS, ...limits },
    ...(store !== undefined && { store: createFileStore(store) }),
    live: live !== false && { ...(live === true ? {} : live), builderOf },
  };
}

/** The folder that builds of a host are kept in, beside its configuration. */
export function buildsFolder(file: string): string {
  return join(dirname(resolve(file)), '.wasm-plugin', 'builds');
}
