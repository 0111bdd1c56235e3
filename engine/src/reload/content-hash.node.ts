import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that hold nothing that is written by hand. */
const PASSED_OVER = new Set(['node_modules', 'target', 'dist', 'build', '.git']);

/** Tells whether a file or folder of that name is left out of watching and hashing. */
export function isPassedOver(name: string): boolean {
  return PASSED_OVER.has(name);
}

/**
 * Hashes a file, or the names and contents of all files in a folder.
 * @returns `undefined` where there is none, or where one went away meanwhile
 */
export async function contentHash(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    if ((await stat(path)).isFile()) hash.update(await readFile(path));
    else {
      for (const name of await filesIn(path)) {
        const bytes = await readFile(join(path, name));
        hash.update(`${name}\0${bytes.length}\0`).update(bytes);
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/** The files in a folder and those below, relative to it, in the order of their names. */
async function filesIn(folder: string, below = ''): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isPassedOver(entry.name)) found.push(...(await filesIn(folder, name)));
    } else if (entry.isFile()) found.push(name);
  }
  return found.sort();
}
