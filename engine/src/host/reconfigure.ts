import type { ConfigValues } from '@wasm-plugin/abi/config';
import type { PluginSettings } from '@wasm-plugin/abi/host-config';
import { highestIn } from '@wasm-plugin/abi/version';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginHost } from './plugin-host.js';
import type { HostSettings } from './plugin-host-options.js';
import { isServing } from './plugin-state.js';

/** Options of a host that can be others while it runs. What is left out stays. */
export type Reconfiguration = Partial<HostSettings>;

/** One thing that a reconfiguration has brought about. */
export interface SettingsChange {
  /** The plugin; `undefined` for the host as a whole. */
  readonly plugin: string | undefined;
  /** The name of the option. */
  readonly setting: string;
  /** Reason that it is not in force; `undefined` if it is. */
  readonly error: unknown;
}

/**
 * Brings a host into line with other options, plugin by plugin: what a plugin can take while it runs it takes, as grants and
 * configuration; what an instance is made with, as limits, comes with a fresh instance that takes the state over. A plugin
 * that refuses goes on as it was.
 */
export async function reconfigure(host: PluginHost, given: Reconfiguration): Promise<SettingsChange[]> {
  const before = host.settings;
  const after = { ...before, ...withoutUndefined(given) };
  const plugins = host.list();
  const old = new Map(plugins.map(({ name, id }) => [name, host.settingsOf(id)]));
  host.replaceSettings(after);
  const changes: SettingsChange[] = (['grants', 'autoLoad'] as const)
    .filter((setting) => !isSame(before[setting], after[setting]))
    .map((setting) => ({ plugin: undefined, setting, error: undefined }));
  for (const plugin of plugins) {
    const change = { host, plugin, from: old.get(plugin.name) ?? {}, to: host.settingsOf(plugin.id) };
    for (const setting of changed(change.from, change.to)) {
      const error = await attempt(() => APPLY[setting](change));
      changes.push({ plugin: plugin.name, setting, error });
    }
  }
  for (const { name, id, state } of host.list()) {
    if (state === 'registered' && host.loadsByItself(id)) await attempt(() => host.load(name));
  }
  return changes;
}

interface Change {
  readonly host: PluginHost;
  readonly plugin: ManagedPlugin;
  readonly from: PluginSettings;
  readonly to: PluginSettings;
}

/** The ways in which settings come into force, in the order in which they do. */
const APPLY: Readonly<Record<keyof PluginSettings, (change: Change) => unknown>> = {
  enabled: ({ host, plugin, to }) =>
    to.enabled === false ? host.disable(plugin.name, { cascade: true }) : host.enable(plugin.name),
  // In force already.
  grants: () => undefined,
  priority: () => undefined,
  update: () => undefined,
  config: ({ host, plugin, from, to }) =>
    host.configure(plugin.name, replacement(from.config ?? {}, to.config ?? {})),
  limits: ({ host, plugin, to }) => {
    plugin.limits = to.limits ?? {};
    return anew(host, plugin);
  },
  isolation: ({ host, plugin }) => anew(host, plugin),
  version: ({ host, plugin, to }) => {
    if (!isServing(plugin.state) || to.version === undefined) return undefined;
    const known = host.packages({ id: plugin.id }).map(({ manifest }) => manifest.version);
    const wanted = highestIn(to.version, known);
    return wanted === undefined || wanted === plugin.version ? undefined : host.reload(plugin.name, wanted);
  },
};

const SETTINGS = Object.keys(APPLY) as (keyof PluginSettings)[];

function changed(from: PluginSettings, to: PluginSettings): (keyof PluginSettings)[] {
  return SETTINGS.filter((setting) => !isSame(from[setting], to[setting]));
}

/** Puts a fresh instance in the place of the present one, with its state. Another object, since limits belong to what is loaded. */
function anew(host: PluginHost, plugin: ManagedPlugin): unknown {
  return isServing(plugin.state) ? host.reload(plugin.name, { ...plugin.package }) : undefined;
}

/** Returns the change that makes one configuration another one: members that are gone are taken away. */
function replacement(from: ConfigValues, to: ConfigValues): ConfigValues {
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const inner = Object.entries(to).map(([key, value]) => {
    const old = from[key];
    return [key, isObject(value) && isObject(old) ? replacement(old, value) : value];
  });
  return Object.fromEntries([...gone.map((key) => [key, null]), ...inner]) as ConfigValues;
}

function isObject(value: unknown): value is ConfigValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function attempt(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error ?? new Error('an error without a reason');
  }
}

/** Compares values of JSON, and functions by identity. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a !== 'function' && typeof b !== 'function' && stable(a) === stable(b));
}

function stable(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function withoutUndefined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}
