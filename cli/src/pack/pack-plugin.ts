import { parseManifest, type Manifest } from '@wasm-plugin/abi/manifest';
import {
  directoryFiles,
  MANIFEST_FILE,
  memoryFiles,
  packFiles,
  type PluginFiles,
} from '@wasm-plugin/abi/package';
import { CHECKSUMS_FILE, checksumsText, sha256Of, SIGNATURE_FILE } from '@wasm-plugin/abi/trust';
import { readLockFiles } from './read-lock-files.js';
import { selectFiles } from './select-files.js';

/** A packed plugin. */
export interface Packed {
  readonly manifest: Manifest;
  /** The zip. */
  readonly archive: Uint8Array;
  /** Its files, by path. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The length of the files in it, in bytes. */
  readonly unpackedBytes: number;
}

/**
 * Packs the folder of a plugin: the same files give the same bytes.
 * @param include paths to pack beside the files that the manifest runs, licences and the README
 * @throws {CliError} a file to pack does not exist
 * @throws {PluginError} WP_PACKAGE, WP_MANIFEST
 */
export async function packPlugin(folder: string, include: readonly string[] = []): Promise<Packed> {
  const source = directoryFiles(folder);
  const manifest = await readManifest(source);
  const contents = new Map<string, Uint8Array>();
  for (const path of await selectFiles(source, manifest, include))
    contents.set(path, await source.read(path));
  const sums = new Map([...contents].map(([path, bytes]) => [path, sha256Of(bytes)]));
  // Loaded here alone: no other verb needs the library of CycloneDX.
  const { SBOM_FILE, sbomText } = await import('./sbom.js');
  const sbom = sbomText({ manifest, sums, packages: readLockFiles(folder) });
  return await packContents(manifest, contents.set(SBOM_FILE, new TextEncoder().encode(sbom)));
}

/**
 * Packs files, with the list of their checksums.
 * @param contents without that list; a signature over an older one is left out
 */
export async function packContents(
  manifest: Manifest,
  contents: ReadonlyMap<string, Uint8Array>,
): Promise<Packed> {
  const files: Record<string, Uint8Array> = {};
  const sums = new Map<string, string>();
  for (const [path, bytes] of contents) {
    if (path === CHECKSUMS_FILE || path === SIGNATURE_FILE) continue;
    files[path] = bytes;
    sums.set(path, sha256Of(bytes));
  }
  files[CHECKSUMS_FILE] = new TextEncoder().encode(checksumsText(sums));
  const lengths = Object.values(files).map(({ length }) => length);
  return {
    manifest,
    archive: await packFiles(memoryFiles(files)),
    files,
    unpackedBytes: lengths.reduce((sum, length) => sum + length, 0),
  };
}

/** Packs files as they are. */
export function packWhole(contents: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  return packFiles(memoryFiles(contents));
}

/** Reads the manifest of a plugin. @throws {PluginError} WP_PACKAGE, WP_MANIFEST */
export async function readManifest(files: PluginFiles): Promise<Manifest> {
  const text = new TextDecoder().decode(await files.read(MANIFEST_FILE));
  return parseManifest(text, `${files.source}/${MANIFEST_FILE}`);
}
