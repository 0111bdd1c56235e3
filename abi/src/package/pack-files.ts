import { zipSync, type Zippable } from 'fflate';
import { packageError, type PluginFiles } from './plugin-files.js';

/** The earliest that a zip can say, on the clock of any time zone. */
const DATE = new Date(1980, 0, 1);

/**
 * Packs a plugin into a zip. The same files give the same bytes.
 * @throws {PluginError} WP_PACKAGE if a file cannot be read
 */
export async function packFiles(files: PluginFiles): Promise<Uint8Array> {
  const packed: Zippable = {};
  for (const path of await files.list()) {
    // An object has no room for it.
    if (path === '__proto__') throw packageError(files.source, 'a file may not be called "__proto__"');
    packed[path] = await files.read(path);
  }
  return zipSync(packed, { level: 9, mtime: DATE });
}
