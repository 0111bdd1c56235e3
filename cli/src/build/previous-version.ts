import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { MANIFEST_FILE } from '@wasm-plugin/abi/package';
import { writeWhole } from './write-whole.js';

const FOLDER = '.wasm-plugin/previous';

/**
 * Keeps the component about to be replaced, if `plugin.json` has another version now.
 * @param options.version - the version that is built
 * @param options.manifest - the text of the `plugin.json` that `component` was built with
 */
export async function keepPrevious(
  folder: string,
  { version, manifest, component }: { version: string; manifest: string | undefined; component: Uint8Array },
): Promise<void> {
  if (manifest === undefined) return;
  const before = parseManifest(manifest, MANIFEST_FILE);
  if (before.version === version || before.entry === undefined) return;
  const kept = join(folder, FOLDER);
  await writeWhole(join(kept, before.entry), component);
  await writeWhole(join(kept, MANIFEST_FILE), manifest);
}

/** The folder with the last build of the version before; `undefined` if none was kept. */
export function previousVersion(folder: string): string | undefined {
  const kept = join(folder, FOLDER);
  return existsSync(join(kept, MANIFEST_FILE)) ? kept : undefined;
}
