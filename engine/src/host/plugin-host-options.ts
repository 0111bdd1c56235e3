import type { Carrier, LimitName, Limits } from '@wasm-plugin/abi';
import type { ConfigValues } from '@wasm-plugin/abi/config';
import type { PluginSettingsById } from '@wasm-plugin/abi/host-config';
import type { Manifest, Platform } from '@wasm-plugin/abi/manifest';
import type { PluginFiles } from '@wasm-plugin/abi/package';
import type { HostImports } from '../link/index.js';
import type { Clock, StateStore } from '../reload/index.js';
import type { BusOptions } from './bus/index.js';
import type { ExtensionOptions } from './extensions/index.js';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginReloadsOptions } from './plugin-reloads-options.js';
import type { SandboxFactory, SandboxSettings } from './plugin-sandbox.js';
import type { SupervisorOptions } from './supervisor-options.js';

/** Options of all plugins of a host. */
export interface PluginSetOptions {
  /** Carriers, at most one of a kind. The host closes them. */
  carriers: readonly Carrier[];
  /** Limits of every plugin. A manifest may only lower them. */
  limits?: Limits;
  /** Limits that are asked for, and that a carrier may leave unenforced. @default none */
  acceptUnheld?: readonly LimitName[];
  /** Settings of plugins, by id or by a pattern of ids. What `load` is given comes before them. @default none */
  plugins?: PluginSettingsById;
  /** Plugins that `loadAll` loads: all, none, or those whose ids fit a pattern such as `acme.*`. @default true */
  autoLoad?: boolean | readonly string[];
  /** Carrier of components whose isolation is `worker`. @default such a plugin is refused */
  isolatedCarrier?: Carrier;
  /**
   * Capabilities that plugins are granted, in text form: for all, or decided for each.
   * @default nothing
   */
  grants?: readonly string[] | ((manifest: Manifest) => readonly string[]);
  /**
   * Variables for `${NAME}` in a configuration and for the environment of a plugin, if `env:NAME` is asked for and granted.
   * @default nothing
   */
  env?: Readonly<Record<string, string | undefined>>;
  /**
   * Imports that the host gives beside its sandbox; they come before it. A function is called for each instance, with the manifest of
   * the version that is started: capabilities that such imports stand for are theirs to enforce.
   */
  imports?: HostImports | ((plugin: ManagedPlugin, manifest: Manifest) => HostImports);
  /**
   * Connections of `stdio`, of `fs` with relative paths, and the like: for all, or decided for each instance. Of a `folder`
   * for all, each plugin has the folder in it that has its name, and which is made if it is not there.
   * @default nothing
   */
  sandbox?: SandboxSettings | ((plugin: ManagedPlugin, manifest: Manifest) => SandboxSettings);
  /** Function that makes sandboxes. @default that of the platform */
  createSandbox?: SandboxFactory;
  /** Kind of this machine, for native entries. @default unknown */
  platform?: Platform | (() => Platform);
  /**
   * Refuses the files of a plugin that is not trusted, and returns the files to read in their place: called when a version is
   * added, and each time that a part of it is loaded. In Node, `trustedKeys` and `lockFile` make one.
   * @default every plugin is trusted
   */
  verify?: (files: PluginFiles) => PluginFiles | Promise<PluginFiles>;
  /** Number of plugins that are started at the same time. @default 8 */
  concurrency?: number;
  /** Milliseconds that only go forward. @default performance.now */
  now?: () => number;
}

/** The options of a host that can be others while it runs, complete. */
export type HostSettings = Required<Pick<PluginSetOptions, 'plugins' | 'autoLoad' | 'grants'>>;

/** Options of a host of plugins. */
export interface PluginHostOptions extends PluginSetOptions {
  /** Options of reloads. */
  reload?: PluginReloadsOptions;
  /** Restarts plugins that die: `true`, or options. Every plugin is supervised from when it is loaded. @default false */
  supervise?: boolean | SupervisorOptions;
  /**
   * Keeps the states of plugins beyond the process: a plugin that is loaded begins with the newest state that the store has of
   * it, and one that is unloaded, also at the end of the host, leaves its state there. @default none
   */
  store?: StateStore;
  /** The most that a plugin which is unloaded has for its `activity.stop`, in milliseconds. @default 5,000 */
  stopMs?: number;
  /** Counts and times calls, for `metrics()`. Costs a few nanoseconds a call; nothing if it is off. @default false */
  metrics?: boolean;
  /** Bounds of the event bus. */
  bus?: BusOptions;
  /** Bounds of calls to plugins that offer an interface together. */
  extensions?: ExtensionOptions;
  /** The time of reloads, supervision and `now`. @default the machine's */
  clock?: Clock;
}

/** Options of a plugin. */
export interface LoadSettings {
  /** A range: the highest version in it is loaded. @default the highest version */
  version?: string;
  /** Values of its configuration. @default those it had */
  config?: ConfigValues;
  /** Capabilities of the plugin. @default the host's grants */
  grants?: readonly string[];
  /** Its limits, below those of the host. */
  limits?: Limits;
}

/** Options of `unload` and its like: the fate of plugins that need the one that ends. */
export interface UnloadOptions {
  /** Ends them first. Otherwise the plugin is not ended. @default false */
  cascade?: boolean;
}

/** A plugin that could not be loaded. */
export interface LoadFailure {
  readonly name: string;
  readonly error: unknown;
}
