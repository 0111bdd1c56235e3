import { PluginError } from '@wasm-plugin/abi';
import { parseManifest, type Manifest } from '@wasm-plugin/abi/manifest';
import { MANIFEST_FILE, type PluginFiles } from '@wasm-plugin/abi/package';

/** One version of a plugin as it lies on disk: what can be started. */
export interface PluginPackage {
  readonly manifest: Manifest;
  readonly files: PluginFiles;
}

/**
 * Reads what a folder, a packed file or memory holds.
 * @throws {ManifestError} WP_MANIFEST
 * @throws {PluginError} WP_PACKAGE
 */
export async function readPackage(files: PluginFiles): Promise<PluginPackage> {
  const bytes = await files.read(MANIFEST_FILE);
  const text = new TextDecoder().decode(bytes);
  return { files, manifest: parseManifest(text, `${files.source}/${MANIFEST_FILE}`) };
}

/**
 * Has the files of a package verified anew, as they lie there now.
 * @throws {PluginError} what `verify` says; WP_TAMPERED where the manifest is no longer the one of the package
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
