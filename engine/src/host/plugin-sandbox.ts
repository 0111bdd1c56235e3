import type { CapabilityError } from '@wasm-plugin/abi';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import type { Publish, Sandbox, SandboxOptions } from '../sandbox/index.js';
import type { Configuration } from './configuration.js';
import type { EventSource } from './host-events.js';
import type { ManagedPlugin } from './managed-plugin.js';

/** The things that a host connects plugins to, if they ask for them and are granted them. */
export type SandboxSettings = Pick<
  SandboxOptions,
  | 'stdio'
  | 'args'
  | 'emptyEnvironment'
  | 'deterministic'
  | 'folder'
  | 'openFiles'
  | 'heldBytes'
  | 'http'
  | 'clock'
  | 'random'
>;

/** Makes the sandbox of an instance: `createSandbox` of the host's platform. */
export type SandboxFactory = (options: SandboxOptions) => Sandbox;

/** Options of the sandbox of an instance. */
export interface PluginSandboxOptions {
  /** Of the version that is started. */
  readonly manifest: Manifest;
  /** Settings that the instance reads. */
  readonly configuration: Configuration;
  readonly settings: SandboxSettings;
  readonly create: SandboxFactory;
  readonly events: EventSource;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly publish: Publish | undefined;
  readonly limits: NonNullable<SandboxOptions['limits']>;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** Returns the connections of one plugin out of the settings for all: of their folder, the one in it with the plugin's name. */
export function settingsFor({ name }: ManagedPlugin, settings: SandboxSettings): SandboxSettings {
  return settings.folder === undefined ? settings : { ...settings, folder: `${settings.folder}/${name}` };
}

/** Makes the sandbox of an instance: its manifest requests, the grants of its plugin decide, now and whenever they change. */
export function pluginSandbox(plugin: ManagedPlugin, options: PluginSandboxOptions): Sandbox {
  const { manifest, configuration, settings, create, events, env, publish, limits, now } = options;
  return create({
    ...settings,
    plugin: plugin.name,
    permissions: manifest.permissions.map(({ capability }) => capability),
    grants: () => plugin.grants,
    env,
    limits,
    ...(publish && { publish }),
    log: { now, sink: (level, message) => events.emit('log', { plugin: plugin.name, level, message }) },
    config: () => configuration.settings,
    onDenied: (error: CapabilityError) => events.emit('denied', { plugin: plugin.name, error }),
  });
}
