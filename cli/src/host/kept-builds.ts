import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { directoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import { ENGINE_VERSION, type PluginBuilder, type PluginPackage } from '@wasm-plugin/engine/host';
import { builderOf, buildPackage, hashSources, withFile, witOf, type Builder } from '../build/index.js';
import { writeWhole } from '../files/index.js';

/** As many builds of a plugin are kept. */
const KEPT = 3;

/** Options of `keptBuilds`. */
export interface KeptBuildsOptions {
  /** Folder that what was built is kept in. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onBuilt: (build: { id: string; builder: string; durationMs: number; kept: boolean }) => void;
}

/**
 * Makes what builds plugins of their sources for a host. What was built is kept by the content of its sources, so that a host
 * which starts again builds nothing that it has.
 */
export function keptBuilds(options: KeptBuildsOptions): (source: PluginPackage) => PluginBuilder | undefined {
  return ({ manifest, files: { source: folder } }) => {
    const builder = builderOf({ folder, manifest });
    if (builder === undefined) return undefined;
    return { name: builder.name, build: () => build(folder, { manifest, builder, ...options }) };
  };
}

async function build(
  folder: string,
  own: KeptBuildsOptions & Pick<PluginPackage, 'manifest'> & { builder: Builder },
): Promise<PluginFiles> {
  const { manifest, builder, signal, onBuilt } = own;
  const began = performance.now();
  const { id, entry = '' } = manifest;
  const shelf = join(own.folder, id);
  const salt = [ENGINE_VERSION, builder.name, manifest.world];
  const key = builder.isWhole({ folder, manifest })
    ? await hashSources([folder, witOf(folder, manifest.world).wit], {
        except: [resolve(folder, entry)],
        salt,
      })
    : undefined;
  const kept = key === undefined ? undefined : await keptBytes(shelf, key);
  const told = { id, builder: builder.name };
  if (kept !== undefined) {
    onBuilt({ ...told, durationMs: performance.now() - began, kept: true });
    return withFile(directoryFiles(folder), entry, kept);
  }
  const { files } = await buildPackage(folder, { signal, debug: true });
  if (key !== undefined) await keep(shelf, key, await files.read(entry));
  onBuilt({ ...told, durationMs: performance.now() - began, kept: false });
  return files;
}

/** Returns what was built of sources, if it is whole: its name has its hash. */
async function keptBytes(shelf: string, key: string): Promise<Uint8Array | undefined> {
  const names = await readdir(shelf).catch((): string[] => []);
  const name = names.find((each) => each.startsWith(`${key}-`));
  if (name === undefined) return undefined;
  const bytes = await readFile(join(shelf, name));
  return name === nameOf(key, bytes) ? new Uint8Array(bytes) : undefined;
}

/** Keeps what was built. A disk that is full costs a build at the next start, no more. */
async function keep(shelf: string, key: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(shelf, { recursive: true });
    writeWhole(join(shelf, nameOf(key, bytes)), bytes);
    const names = (await readdir(shelf)).filter((name) => name.endsWith('.wasm'));
    const times = await Promise.all(names.map(async (name) => (await stat(join(shelf, name))).mtimeMs));
    const byAge = names
      .map((name, index) => ({ name, at: times[index] as number }))
      .sort((a, b) => b.at - a.at);
    for (const { name } of byAge.slice(KEPT)) await rm(join(shelf, name), { force: true });
  } catch {
    return;
  }
}

function nameOf(key: string, bytes: Uint8Array): string {
  return `${key}-${createHash('sha256').update(bytes).digest('hex')}.wasm`;
}
