import { constants } from 'node:fs';
import { open, readdir, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { packageError, refusePath, type PluginFiles } from './plugin-files.js';

const LARGEST_FILE = 2 ** 28;
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Opens a plugin in a folder. A symbolic link that leads out of the folder is refused. Files and folders whose names begin with
 * `.`, and `node_modules`, are not listed.
 *
 * The folder may change meanwhile: the read of a file that is gone, has become a link that leads out, or changes during the
 * read is refused, and never more than 256 MiB are read. On systems other than Linux, a link that exists only between two
 * checks could still lead out. `locate` returns a path: another file may stand there later.
 */
export function directoryFiles(folder: string): PluginFiles {
  const refuse = (path: string, reason: string, cause?: unknown): Error =>
    packageError(folder, `${JSON.stringify(path)} ${reason}`, cause);
  const refuseFolder = (error: unknown): never => {
    throw packageError(folder, 'there is no such folder', error);
  };
  const locate = async (path: string): Promise<string> => {
    refusePath(path, folder);
    const root = await realpath(folder).catch(refuseFolder);
    const target = await realpath(join(root, path)).catch((error: unknown) => {
      throw packageError(folder, `it has no file ${JSON.stringify(path)}`, error);
    });
    if (isInside(target, root)) return target;
    throw refuse(path, 'is a link that leads out of the plugin');
  };
  const check = async (path: string, file: FileHandle): Promise<void> => {
    const found = await file.stat();
    if (!found.isFile()) throw refuse(path, 'cannot be read: it is no file');
    if (found.size > LARGEST_FILE) throw refuse(path, `is larger than ${LARGEST_FILE} bytes`);
    const root = await realpath(folder).catch(refuseFolder);
    if (!(await liesInside(file, { root, path: join(root, path) }))) {
      throw refuse(path, 'was replaced by a link that leads out of the plugin');
    }
  };
  return {
    source: folder,
    list: async () => {
      const root = await realpath(folder).catch(refuseFolder);
      const found = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        throw packageError(folder, 'it changed while its files were listed', error);
      });
      return found
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
        .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
        .sort();
    },
    read: async (path) => {
      const target = await locate(path);
      // A pipe would otherwise keep the process waiting.
      const file = await open(target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
        throw refuse(path, 'cannot be read', error);
      });
      try {
        await check(path, file);
        const content = await readWhole(file).catch((error: unknown) => {
          throw refuse(path, 'cannot be read', error);
        });
        if (content !== undefined) return content;
        throw refuse(path, 'changed while it was read');
      } finally {
        await file.close();
      }
    },
    locate,
  };
}

function isInside(path: string, root: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/**
 * Checks that an open file lies in a folder. Linux reports the path of an open file; on other systems, its path is followed a
 * second time.
 */
async function liesInside(
  file: FileHandle,
  { root, path }: { root: string; path: string },
): Promise<boolean> {
  const known = await readlink(`/proc/self/fd/${file.fd}`).catch(() => undefined);
  if (known !== undefined) return isInside(known, root);
  const again = await realpath(path).catch(() => '');
  if (!isInside(again, root)) return false;
  const [opened, found] = [await file.stat({ bigint: true }), await stat(again, { bigint: true })];
  return opened.ino === found.ino && opened.dev === found.dev;
}

/** Reads a file that does not change meanwhile; `undefined` if it does. */
async function readWhole(file: FileHandle): Promise<Uint8Array | undefined> {
  const before = await file.stat({ bigint: true });
  const content = new Uint8Array(Number(before.size));
  let length = 0;
  while (length < content.length) {
    const { bytesRead } = await file.read(content, length, content.length - length, length);
    if (bytesRead === 0) return undefined;
    length += bytesRead;
  }
  const after = await file.stat({ bigint: true });
  return after.size === before.size && after.mtimeNs === before.mtimeNs ? content : undefined;
}
