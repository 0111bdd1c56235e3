import { join } from 'node:path';
import { directoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import { readPackage, type PluginPackage } from '@wasm-plugin/engine/host';
import { assemblyScriptBuilder } from './assembly-script-builder.js';
import { refuseOtherFile } from '../component/index.js';
import type { Builder, BuildOptions, SourceFolder } from './builder.js';
import { cBuilder } from './c-builder.js';
import { commandBuilder } from './command-builder.js';
import { javascriptBuilder } from './javascript-builder.js';
import { pythonBuilder } from './python-builder.js';
import { rustBuilder } from './rust-builder.js';
import { typescriptBuilder } from './typescript-builder.js';

/** Every builder; the first that fits is taken. A folder that none fits is taken as it is. */
export const BUILDERS: readonly Builder[] = [
  commandBuilder,
  assemblyScriptBuilder,
  rustBuilder,
  javascriptBuilder,
  typescriptBuilder,
  pythonBuilder,
  cBuilder,
];

/** The builder of a folder; `undefined` for one that is taken as it is. */
export function builderOf(source: SourceFolder): Builder | undefined {
  return source.manifest.carrier === 'wasm' && source.manifest.entry !== undefined
    ? BUILDERS.find((builder) => builder.fits(source))
    : undefined;
}

/**
 * Makes a plugin of a folder. The result stays in memory; only a build command writes into the folder.
 * @throws {ManifestError} WP_MANIFEST
 * @throws {Error} the message of the compiler
 * @throws {CliError} the result is no component
 */
export async function buildPackage(folder: string, options: BuildOptions = {}): Promise<PluginPackage> {
  const files = directoryFiles(folder);
  const { manifest } = await readPackage(files);
  const source = { folder, manifest };
  const { entry, carrier } = manifest;
  if (carrier !== 'wasm' || entry === undefined) return { manifest, files };
  // Read now: the file on disk may be another version when this one is started again.
  const content = (await builderOf(source)?.build(source, options)) ?? (await files.read(entry));
  refuseOtherFile(join(folder, entry), content);
  return { manifest, files: withFile(files, entry, content) };
}

/** Returns the files of a folder, one of them with new content. */
export function withFile(files: PluginFiles, path: string, content: Uint8Array): PluginFiles {
  return {
    source: files.source,
    list: async () => [...new Set([...(await files.list()), path])].sort(),
    read: (wanted) => (wanted === path ? Promise.resolve(content) : files.read(wanted)),
  };
}
