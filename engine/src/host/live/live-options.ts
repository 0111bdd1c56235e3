import type { PluginFiles } from '@wasm-plugin/abi/package';
import type { Clock } from '../../reload/index.js';
import type { PluginPackage } from '../plugin-package.js';

/** Options of followed folders. */
export interface LiveOptions {
  /** Looks so often, in place of waiting for events, where the file system tells nothing. @default events */
  readonly pollMs?: number;
  /** Time between two looks at everything, for events that got lost. @default 60,000 */
  readonly rescanMs?: number;
  /** Time that a plugin has to be away before it is unloaded: tools replace a folder by removing it first. @default 300 */
  readonly goneMs?: number;
  /** Quiet time after the last event before anything is looked at. @default 50 */
  readonly debounceMs?: number;
  /** Time that the content has to stay the same. @default 50 */
  readonly settleMs?: number;
  /** Names and paths below a plugin that are not watched. */
  readonly ignore?: readonly string[];
  /**
   * Finds what makes a plugin of its sources. What it makes stays in memory, and the file that the manifest names as entry is
   * then no source. @default a plugin is taken as it lies there
   */
  readonly builderOf?: (source: PluginPackage) => PluginBuilder | undefined;
  readonly clock?: Clock;
}

/** Builder of the plugin in one source folder. */
export interface PluginBuilder {
  /** Name of the language, for people. */
  readonly name: string;
  /** @throws {Error} what the compiler says */
  build(): Promise<PluginFiles>;
}
