import { readFile, stat } from 'node:fs/promises';
import { directoryFiles } from './directory-files.node.js';
import { packedFiles } from './packed-files.js';
import { packageError, type PluginFiles } from './plugin-files.js';

const LARGEST_PACKED = 2 ** 28;

/**
 * Opens a plugin on disk: a folder, or a packed file.
 * @throws {PluginError} WP_PACKAGE
 */
export async function openPlugin(path: string): Promise<PluginFiles> {
  const found = await stat(path).catch((error: unknown) => {
    throw packageError(path, 'there is no such file or folder', error);
  });
  if (found.isDirectory()) return directoryFiles(path);
  if (!found.isFile()) throw packageError(path, 'it is neither a file nor a folder');
  if (found.size > LARGEST_PACKED) throw packageError(path, `it is larger than ${LARGEST_PACKED} bytes`);
  return packedFiles(new Uint8Array(await readFile(path)), { source: path });
}
