import { createHash } from 'node:crypto';
import type { PluginFiles } from '@wasm-plugin/abi/package';
import { openPlugin } from '@wasm-plugin/abi/package';
import { channelOf } from '@wasm-plugin/abi/update';
import { watch, type FileChange, type Watch, type WatchOptions } from '../reload/index.node.js';
import { readPackage, type PluginPackage } from './plugin-package.js';
import type { ManagedPlugin } from './managed-plugin.js';
import { isServing } from './plugin-state.js';
import type { PluginReloads } from './plugin-reloads.js';
import type { PluginReloadOptions } from './plugin-reloads-options.js';
import type { WatchEvent } from './watch-event.js';

/** Options of a reload after changes of files. */
export interface ReloadOnChangeOptions extends PluginReloadOptions, Omit<WatchOptions, 'onError'> {
  /**
   * Makes the plugin from the watched files, e.g. by compiling a source folder. Its errors become events, and the old version
   * continues.
   * @default the watched folder or packed file, as it is
   */
  readonly build?: () => PluginFiles | Promise<PluginFiles>;
  /**
   * Starts the build if the plugin does not run. Its errors become events, and the next change tries again.
   * @default adds the build in place of its version, and loads it
   */
  readonly start?: (built: PluginPackage) => unknown;
  readonly onEvent?: (event: WatchEvent) => void;
}

/** The plugins of a host, for `reloadOnChange`. */
export interface ReloadsByName extends Pick<PluginReloads, 'reload'> {
  /** Returns a plugin; `undefined` if none of that name is known. */
  pluginOf(name: string): ManagedPlugin | undefined;
}

/**
 * Reloads a plugin each time that the content of its files, or of its sources, changes. A plugin that does not run is started
 * if there is `start`; one that has died goes on from its last good state, unless `policy` says otherwise. To be closed.
 * @param path the plugin, or its source folder if `build` makes it
 */
export function reloadOnChange(
  reloads: ReloadsByName,
  { name, path }: { name: string; path: string },
  options: ReloadOnChangeOptions = {},
): Promise<Watch> {
  const { build = () => openPlugin(path), start, onEvent, ...rest } = options;
  const [watching, reload] = watchOptionsOf(rest);
  const now = watching.clock?.now ?? (() => performance.now());
  /** The package that this has put in place. */
  let taken: { package: PluginPackage | undefined; print: string | undefined } | undefined;
  const isTaken = (plugin: ManagedPlugin, print: string | undefined): boolean =>
    print !== undefined && plugin.package === taken?.package && print === taken.print;
  const take = async (change: FileChange): Promise<boolean> => {
    const began = now();
    onEvent?.({ kind: 'changed' });
    let pkg: PluginPackage;
    try {
      pkg = await readPackage(await build());
      await change.built();
      onEvent?.({ kind: 'built', durationMs: now() - began, package: pkg });
    } catch (error) {
      onEvent?.({ kind: 'failed', what: 'build', error });
      return true;
    }
    const plugin = reloads.pluginOf(name);
    const isStart = start !== undefined && !runs(plugin);
    try {
      const print = await fingerprintOf(pkg);
      if (isStart) {
        await start(pkg);
        taken = { package: reloads.pluginOf(name)?.package, print };
        onEvent?.({ kind: 'started', durationMs: now() - began });
        return true;
      }
      if (plugin?.state === 'ready' && isTaken(plugin, print)) {
        onEvent?.({ kind: 'unchanged', durationMs: now() - began });
        return false;
      }
      const result = await reloads.reload(name, pkg, {
        by: 'watch',
        // The author of the change has chosen the version, so its channel is allowed.
        channel: channelOf(pkg.manifest.version),
        // A dead instance cannot save.
        ...(plugin?.state === 'dead' && { policy: 'last-good' }),
        ...reload,
      });
      taken = { package: pkg, print };
      onEvent?.({ kind: 'reloaded', durationMs: now() - began, ...result });
    } catch (error) {
      onEvent?.({ kind: 'failed', what: isStart ? 'start' : 'reload', error });
    }
    return true;
  };
  const entry = reloads.pluginOf(name)?.manifest.entry;
  return watch(path, take, {
    ...(entry !== undefined && { keep: [entry] }),
    ...watching,
    onError: (error) => onEvent?.({ kind: 'failed', what: 'watch', error }),
  });
}

/** Returns whether a plugin runs, is about to, or has died and can be recovered. */
function runs(plugin: ManagedPlugin | undefined): boolean {
  return plugin !== undefined && (isServing(plugin.state) || ['loading', 'dead'].includes(plugin.state));
}

/**
 * Hashes the running parts of a package: its manifest and its component. The files of a folder are read in their present state.
 * @returns `undefined` if the entry is not a component, whose files may lead anywhere
 */
export async function fingerprintOf({ manifest, files }: PluginPackage): Promise<string | undefined> {
  const { carrier, entry } = manifest;
  if (carrier !== 'wasm' || entry === undefined) return undefined;
  const hash = createHash('sha256').update(JSON.stringify(manifest));
  return hash.update(await files.read(entry)).digest('hex');
}

/** Divides options into those of the watch and those of each reload. */
function watchOptionsOf(
  options: Omit<WatchOptions, 'onError'> & PluginReloadOptions,
): [watching: WatchOptions, reload: PluginReloadOptions] {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  const pick = (wanted: boolean): object =>
    Object.fromEntries(entries.filter(([key]) => WATCH_OPTIONS.has(key) === wanted));
  return [pick(true), pick(false)];
}

const WATCH_OPTIONS: ReadonlySet<string> = new Set<keyof WatchOptions>([
  'debounceMs',
  'mostDelayMs',
  'settleMs',
  'ignore',
  'keep',
  'pollMs',
  'clock',
  'source',
  'read',
]);
