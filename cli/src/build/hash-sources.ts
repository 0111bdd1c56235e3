import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Folders without sources: downloads, outputs and records of tools. */
const PASSED_OVER = new Set(['node_modules', 'target', '.git', '.wasm-plugin', '.venv', '__pycache__']);

/**
 * Hashes the names and contents of all files in some folders.
 * @param options.except - files to leave out: the output
 * @param options.salt - inputs beside the files
 */
export async function hashSources(
  folders: readonly string[],
  { except, salt }: { except: readonly string[]; salt: readonly string[] },
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(salt));
  const left = new Set(except.map((file) => resolve(file)));
  for (const folder of folders) await addFolder(hash, folder, left);
  return hash.digest('hex');
}

async function addFolder(hash: Hash, folder: string, except: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name);
    if (PASSED_OVER.has(name) || except.has(resolve(path)) || name.endsWith('.tmp')) continue;
    const content = await readFile(path).catch((error: NodeJS.ErrnoException) => error.code);
    if (content === 'EISDIR') {
      hash.update(`${name}/\0`);
      await addFolder(hash, path, except);
    } else hash.update(`${name}\0${content?.length ?? 0}\0`).update(content ?? '');
  }
}
