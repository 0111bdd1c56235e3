import type { PluginFiles } from '@wasm-plugin/abi/package';
import { openPlugin } from '@wasm-plugin/abi/package';
import { channelOf } from '@wasm-plugin/abi/update';
import type { ReloadResult } from '../reload/index.js';
import { watch, type Watch, type WatchOptions } from '../reload/index.node.js';
import { readPackage, type PluginPackage } from './plugin-package.js';
import type { PluginReloads } from './plugin-reloads.js';
import type { PluginReloadOptions } from './plugin-reloads-options.js';

/** How a plugin is reloaded when its files change. */
export interface ReloadOnChangeOptions extends PluginReloadOptions, Omit<WatchOptions, 'onError'> {
  /**
   * Makes the plugin from what is watched, e.g. by compiling a source folder. What it throws is told, and the old version
   * goes on.
   * @default the folder or packed file that is watched, as it is
   */
  readonly build?: () => PluginFiles | Promise<PluginFiles>;
  readonly onEvent?: (event: WatchEvent) => void;
}

/** What happens while a plugin is watched. */
export type WatchEvent =
  | { readonly kind: 'changed' }
  | { readonly kind: 'built'; readonly durationMs: number; readonly package: PluginPackage }
  | ({ readonly kind: 'reloaded'; readonly durationMs: number } & ReloadResult)
  /** `build`: it could not be made. `reload`: the new version was refused. The old one goes on. `watch`: nothing can be seen. */
  | { readonly kind: 'failed'; readonly what: 'build' | 'reload' | 'watch'; readonly error: unknown };

/**
 * Reloads a plugin each time that the content of its files, or of its sources, changes. To be closed.
 * @param path the plugin, or its source folder where `build` makes it
 */
export function reloadOnChange(
  reloads: PluginReloads,
  { name, path }: { name: string; path: string },
  options: ReloadOnChangeOptions = {},
): Promise<Watch> {
  const { build = () => openPlugin(path), onEvent, debounceMs, settleMs, clock, source, ...reload } = options;
  const now = clock?.now ?? (() => performance.now());
  const take = async (): Promise<void> => {
    const began = now();
    onEvent?.({ kind: 'changed' });
    let pkg: PluginPackage;
    try {
      pkg = await readPackage(await build());
      onEvent?.({ kind: 'built', durationMs: now() - began, package: pkg });
    } catch (error) {
      onEvent?.({ kind: 'failed', what: 'build', error });
      return;
    }
    try {
      const result = await reloads.reload(name, pkg, {
        by: 'watch',
        // Who changes a plugin has chosen the version.
        channel: channelOf(pkg.manifest.version),
        ...reload,
      });
      onEvent?.({ kind: 'reloaded', durationMs: now() - began, ...result });
    } catch (error) {
      onEvent?.({ kind: 'failed', what: 'reload', error });
    }
  };
  return watch(path, take, {
    ...(debounceMs !== undefined && { debounceMs }),
    ...(settleMs !== undefined && { settleMs }),
    ...(clock !== undefined && { clock }),
    ...(source !== undefined && { source }),
    onError: (error) => onEvent?.({ kind: 'failed', what: 'watch', error }),
  });
}
