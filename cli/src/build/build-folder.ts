import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import { directoryFiles, MANIFEST_FILE } from '@wasm-plugin/abi/package';
import { ENGINE_VERSION, readPackage } from '@wasm-plugin/engine/host';
import { CliError } from '../cli-error.js';
import { refuseOtherFile } from '../component/index.js';
import type { BuildOptions } from './builder.js';
import { builderOf, BUILDERS } from './builders.js';
import { hashSources } from './hash-sources.js';
import { keepPrevious } from './previous-version.js';
import { witOf } from './wit-of.js';
import { writeWhole } from './write-whole.js';

/** Options of a build of a folder into a file. */
export interface BuildFolderOptions extends BuildOptions {
  /** Path of the component. @default the entry of the manifest, in the folder */
  output?: string | undefined;
  /** If true, builds even if nothing has changed. @default false */
  force?: boolean | undefined;
  /** Told once it is known that something has to be built, with the name of the builder. */
  onBegin?: ((builder: string) => void) | undefined;
}

/** Result of a build. */
export interface BuildResult {
  manifest: Manifest;
  /** Name of the builder, for people. */
  builder: string;
  /** The component that was written. */
  file: string;
  sizeBytes: number;
  /** Size of the file before; `undefined` if there was none. */
  sizeBeforeBytes: number | undefined;
  /** True if the component has the same bytes as before; nothing was written then. */
  unchanged: boolean;
  durationMs: number;
}

const STAMP = '.wasm-plugin/build.json';

/** Record of the last build. */
interface Stamp {
  /** Hash of the sources; `undefined` if they do not all lie in the folder. */
  sources: string | undefined;
  /** SHA-256 of the built component. */
  output: string;
  /** The text of the `plugin.json` that it was built with. */
  manifest?: string | undefined;
}

/**
 * Builds a folder with a `plugin.json` and sources into a component, if something in it has changed since the last build.
 * Records the build in the folder `.wasm-plugin`, which also keeps the last build of the version before.
 * @throws {ManifestError} WP_MANIFEST
 * @throws {CliError} no builder fits, the sources have errors, or the result is no component
 */
export async function buildFolder(folder: string, options: BuildFolderOptions = {}): Promise<BuildResult> {
  const began = performance.now();
  const { manifest } = await readPackage(directoryFiles(folder));
  const source = { folder, manifest };
  const builder = builderOf(source);
  if (builder === undefined || manifest.entry === undefined) throw nothingToBuild(folder, manifest);
  const file = resolve(options.output ?? join(folder, manifest.entry));
  const stampFile = join(folder, STAMP);
  const salt = [ENGINE_VERSION, builder.name, String(options.debug === true), manifest.world];
  const sources = (): Promise<string> =>
    hashSources([folder, witOf(folder, manifest.world).wit], { except: [file, stampFile], salt });
  const [before, stamp] = await Promise.all([readIfThere(file), readStamp(stampFile)]);
  const result = (sizeBytes: number, unchanged: boolean): BuildResult => ({
    manifest,
    builder: builder.name,
    file,
    sizeBytes,
    sizeBeforeBytes: before?.length,
    unchanged,
    durationMs: performance.now() - began,
  });
  const seen = builder.isWhole(source) ? await sources() : undefined;
  const isBuilt =
    before !== undefined && stamp?.output === sha256(before) && seen !== undefined && stamp.sources === seen;
  if (isBuilt && options.force !== true) return result(before.length, true);
  options.onBegin?.(builder.name);
  const bytes = await builder.build(source, options);
  refuseOtherFile(file, bytes);
  const unchanged = before !== undefined && Buffer.compare(before, bytes) === 0;
  if (before !== undefined && stamp?.output === sha256(before))
    await keepPrevious(folder, { version: manifest.version, manifest: stamp.manifest, component: before });
  if (!unchanged) await writeWhole(file, bytes);
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8');
  await writeWhole(stampFile, JSON.stringify({ sources: seen, output: sha256(bytes), manifest: text }));
  return result(bytes.length, unchanged);
}

function nothingToBuild(folder: string, { carrier, entry }: Manifest): CliError {
  if (carrier !== 'wasm')
    return new CliError(`Cannot build "${folder}": its carrier is "${carrier}", wanted "wasm"`);
  if (entry === undefined) {
    return new CliError(`Cannot build "${folder}": its plugin.json names no "entry"`, {
      hint: 'Add "entry": "plugin.wasm", the file that is built',
    });
  }
  return new CliError(`Cannot build "${folder}": it has no sources of a known kind`, {
    hint: `Known are ${BUILDERS.map(({ name, sign }) => `${name} (${sign})`).join(', ')}. Any other is built by a command of its own`,
  });
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  return await readFile(file).catch(() => undefined);
}

async function readStamp(file: string): Promise<Stamp | undefined> {
  try {
    const { sources, output, manifest } = JSON.parse(await readFile(file, 'utf8')) as Stamp;
    return { sources, output, manifest };
  } catch {
    return undefined;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
