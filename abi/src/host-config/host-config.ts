import type { Limits } from '../limits.js';
import type { PluginSettingsById } from './plugin-settings.js';

/**
 * Options of a host of plugins that a file can hold, as `wasm-plugin.config.json`: names and meanings are those of
 * `createPluginHost`, paths are relative to the file.
 */
export interface HostConfig {
  /** Folders that plugins lie in. */
  readonly folders: readonly string[];
  /** Plugins that are loaded as soon as they are found: all, none, or those whose ids fit a pattern. @default true */
  readonly autoLoad?: boolean | readonly string[];
  readonly plugins?: PluginSettingsById;
  /** Capabilities of every plugin, unless `plugins` says otherwise. */
  readonly grants?: readonly string[];
  /** Limits of every plugin. */
  readonly limits?: Limits;
  readonly trustedKeys?: readonly string[];
  readonly lockFile?: string;
  /** Folder that states are kept in. */
  readonly store?: string;
  readonly sandbox?: { readonly folder?: string };
  readonly supervise?: boolean | SupervisionConfig;
  readonly live?: boolean | LiveConfig;
  /** Time that the end of a plugin waits for its calls and its `stop`, in milliseconds. */
  readonly stopMs?: number;
  readonly metrics?: boolean;
  /** File that gets a line for each load, grant, denial, reload and change of the configuration. */
  readonly audit?: string;
  readonly door?: DoorConfig;
}

/** Restarts of plugins that die. */
export interface SupervisionConfig {
  readonly healthMs?: number;
  readonly unhealthyAfter?: number;
  readonly saveMs?: number;
  readonly mostRestarts?: number;
  readonly restartsWithinMs?: number;
}

/** Changes of the folders. */
export interface LiveConfig {
  /** Looks so often, in place of waiting for events of the file system. */
  readonly pollMs?: number;
  /** Time between two looks at the folders, for events that got lost. */
  readonly rescanMs?: number;
  /** Names and paths below a plugin that are not watched. */
  readonly ignore?: readonly string[];
}

/** The door for operators: a Unix socket, or a port of the loopback interface with a token. */
export interface DoorConfig {
  readonly unix?: string;
  readonly port?: number;
  /** File that holds the token; made with a random one where it is not there. */
  readonly tokenFile?: string;
}
