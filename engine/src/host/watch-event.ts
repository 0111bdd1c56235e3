import type { ReloadResult } from '../reload/index.js';
import type { PluginPackage } from './plugin-package.js';

/** Events of watching a plugin. */
export type WatchEvent =
  | { readonly kind: 'changed' }
  | { readonly kind: 'built'; readonly durationMs: number; readonly package: PluginPackage }
  /** The plugin did not run, and the build was started. */
  | { readonly kind: 'started'; readonly durationMs: number }
  /** The build equals the running version. */
  | { readonly kind: 'unchanged'; readonly durationMs: number }
  | ({ readonly kind: 'reloaded'; readonly durationMs: number } & ReloadResult)
  /**
   * `build`: it could not be made. `start`: the plugin does not run, and the build cannot be started. `reload`: the new version was refused.
   * The old one goes on. `watch`: nothing can be seen.
   */
  | {
      readonly kind: 'failed';
      readonly what: 'build' | 'start' | 'reload' | 'watch';
      readonly error: unknown;
    };
