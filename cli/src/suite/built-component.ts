import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { directoryFiles } from '@wasm-plugin/abi/package';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import { readPackage } from '@wasm-plugin/engine/host';
import { builderOf, buildFolder, type BuildResult } from '../build/index.js';

/** A component that lies in the folder of its plugin. */
export interface BuiltComponent {
  manifest: Manifest;
  /** Its path. */
  file: string;
}

/**
 * Builds a plugin that has sources; returns the component of others unchanged.
 * @param onBuilt - called with the result
 * @throws {ManifestError} WP_MANIFEST
 * @throws {CliError} as `buildFolder`
 */
export async function builtComponent(
  folder: string,
  onBuilt: (result: BuildResult) => void,
): Promise<BuiltComponent> {
  const { manifest } = await readPackage(directoryFiles(folder));
  const { entry, carrier } = manifest;
  const isThere = carrier === 'wasm' && entry !== undefined && existsSync(join(folder, entry));
  if (isThere && builderOf({ folder, manifest }) === undefined)
    return { manifest, file: resolve(folder, entry) };
  const built = await buildFolder(folder);
  onBuilt(built);
  return built;
}
