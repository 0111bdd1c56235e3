import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlugin } from '@wasm-plugin/abi/package';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginHost } from './plugin-host.js';

/** How the name of a packed plugin ends. */
export const PACKED_SUFFIX = '.plugin.zip';

/** What a scan found. */
export interface ScanResult {
  readonly added: readonly ManagedPlugin[];
  /** What looked like a plugin and is none that can be used. */
  readonly problems: readonly { readonly source: string; readonly error: unknown }[];
}

/**
 * Makes the plugins in folders known to a host: folders with a `plugin.json`, and packed plugins (`*.plugin.zip`). Names
 * that begin with `.` or `_` are skipped, and folders without a manifest. A plugin that cannot be used is reported, and
 * does not stop the scan; neither does a folder that cannot be read. One that is known from the same place is left as it is.
 */
export async function scan(host: PluginHost, folders: readonly string[]): Promise<ScanResult> {
  const added: ManagedPlugin[] = [];
  const problems: { source: string; error: unknown }[] = [];
  const known = new Set(host.packages().map((pkg) => pkg.files.source));
  const attempt = async (source: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      problems.push({ source, error });
      host.emit('problem', { source, error });
    }
  };
  for (const folder of folders) {
    await attempt(folder, async () => {
      for (const path of await candidates(folder)) {
        if (known.has(path)) continue;
        await attempt(path, async () => void added.push(await host.add(await openPlugin(path))));
      }
    });
  }
  return { added, problems };
}

/** The paths in a folder that should be plugins, sorted. */
async function candidates(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (/^[._]/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.name.endsWith(PACKED_SUFFIX)) found.push(path);
    else if (!entry.isFile() && (await hasManifest(path))) found.push(path);
  }
  return found;
}

async function hasManifest(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.includes('plugin.json');
}
