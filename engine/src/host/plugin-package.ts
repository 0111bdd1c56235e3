import { PluginError } from '@wasm-plugin/abi';
import { parseManifest, type Manifest } from '@wasm-plugin/abi/manifest';
import { MANIFEST_FILE, type PluginFiles } from '@wasm-plugin/abi/package';

/** One version of a plugin on disk, ready to start. */
export interface PluginPackage {
  readonly manifest: Manifest;
  readonly files: PluginFiles;
}

/**
 * Reads the manifest of a folder, a packed file or files in memory.
 * @throws {ManifestError} WP_MANIFEST
 * @throws {PluginError} WP_PACKAGE
 */
export async function readPackage(files: PluginFiles): Promise<PluginPackage> {
  const bytes = await files.read(MANIFEST_FILE);
  const text = new TextDecoder().decode(bytes);
  return { files, manifest: parseManifest(text, `${files.source}/${MANIFEST_FILE}`) };
}

/**
 * Has the files of a package verified anew, in their present state.
 * @throws {PluginError} the error of `verify`; WP_TAMPERED if the manifest is no longer the one of the package
 */
export async function verifiedFiles(
  { manifest, files }: PluginPackage,
  verify: (files: PluginFiles) => PluginFiles | Promise<PluginFiles>,
): Promise<PluginFiles> {
  const { manifest: present, files: verified } = await readPackage(await verify(files));
  if (JSON.stringify(present) === JSON.stringify(manifest)) return verified;
  const reason = `its ${MANIFEST_FILE} is no longer the one that was read; add it anew`;
  throw new PluginError('WP_TAMPERED', `Cannot trust "${files.source}": ${reason}`, { plugin: manifest.id });
}
