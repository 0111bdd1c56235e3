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
