import type { UpdateHistory, UpdatePolicy } from '@wasm-plugin/abi/update';
import type { Migration, ReloaderOptions, ReloadEvent, ReloadOptions } from '../reload/index.js';
import type { PluginPackage } from './plugin-package.js';

/** Options of all reloads of a host. */
export interface PluginReloadsOptions extends Omit<ReloaderOptions, 'onEvent' | 'migrations'> {
  /** Ways of the host between the state formats of a plugin. @default none */
  readonly migrations?: (plugin: string) => readonly Migration[];
  /** The history that every reload is written to. */
  readonly history?: UpdateHistory;
  readonly onEvent?: (event: ReloadEvent & { readonly plugin: string }) => void;
}

/** Options of the reload of one plugin. The manifest has the defaults. */
export interface PluginReloadOptions extends Omit<ReloadOptions, 'via' | 'strategy'> {
  /**
   * Time of the swap. `scheduled`: the reload begins at that time of the clock's `now`; until then other work goes on.
   * @default that of the manifest
   */
  readonly strategy?: ReloadOptions['strategy'] | { readonly kind: 'scheduled'; readonly at: number };
  /** Origin of the request, for the history. @default 'api' */
  readonly by?: string;
  /** Kinds of updates that are allowed. @default any: the caller knows the version */
  readonly update?: UpdatePolicy;
  /** The channel that new versions are taken from. @default that of the manifest, and that of the running version */
  readonly channel?: string;
}

/** A plugin to reload, and its new version. */
export interface PluginReload {
  readonly name: string;
  /** A version that the host knows, or a package. @default the version that runs, in a fresh instance */
  readonly to?: string | PluginPackage;
}
