import type { ReloadResult } from '../reload/index.js';
import type { PluginPackage } from './plugin-package.js';

/** Events of watching a plugin. */
export type WatchEvent =
  | { readonly kind: 'changed' }
  | { readonly kind: 'built'; readonly durationMs: number; readonly package: PluginPackage }
  /** The build equals the running version. */
  | { readonly kind: 'unchanged'; readonly durationMs: number }
  | ({ readonly kind: 'reloaded'; readonly durationMs: number } & ReloadResult)
  /** `build`: it could not be made. `reload`: the new version was refused. The old one goes on. `watch`: nothing can be seen. */
  | { readonly kind: 'failed'; readonly what: 'build' | 'reload' | 'watch'; readonly error: unknown };
