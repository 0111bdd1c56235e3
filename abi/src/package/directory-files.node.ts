import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { packageError, refusePath, type PluginFiles } from './plugin-files.js';

const LARGEST_FILE = 2 ** 28;

/**
 * Opens a plugin in a folder. A symbolic link that leads out of the folder is refused. Files and folders whose names begin
 * with `.`, and `node_modules`, are not listed.
 */
export function directoryFiles(folder: string): PluginFiles {
  const findRoot = (): Promise<string> =>
    realpath(folder).catch((error: unknown) => {
      throw packageError(folder, 'there is no such folder', error);
    });
  const locate = async (path: string): Promise<string> => {
    refusePath(path, folder);
    const root = await findRoot();
    const target = await realpath(join(root, path)).catch((error: unknown) => {
      throw packageError(folder, `it has no file ${JSON.stringify(path)}`, error);
    });
    if (target.startsWith(root.endsWith(sep) ? root : root + sep)) return target;
    throw packageError(folder, `${JSON.stringify(path)} is a link that leads out of the plugin`);
  };
  return {
    source: folder,
    list: async () => {
      const root = await findRoot();
      const found = await readdir(root, { recursive: true, withFileTypes: true });
      return found
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
        .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
        .sort();
    },
    read: async (path) => {
      const target = await locate(path);
      const { size } = await stat(target);
      if (size > LARGEST_FILE)
        throw packageError(folder, `${JSON.stringify(path)} is larger than ${LARGEST_FILE} bytes`);
      const content = await readFile(target).catch((error: unknown) => {
        throw packageError(folder, `${JSON.stringify(path)} cannot be read`, error);
      });
      return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
    },
    locate,
  };
}
