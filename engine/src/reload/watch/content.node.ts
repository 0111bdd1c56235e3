import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoring } from './ignore.node.js';

/**
 * The content of a path: for each file, link, and entry that cannot be read, its path below it (`''` for the path itself) and a
 * text that is another one where its content is.
 */
export type Content = ReadonlyMap<string, string>;

/** Files that are larger than a plugin may have are told by their size and time alone. */
const LARGEST_READ = 2 ** 28;
const { O_RDONLY, O_NONBLOCK = 0 } = constants;

/** Below which path of the folder, and in which other folders, a walk has been. */
interface Walk {
  readonly root: string;
  readonly isIgnored: (path: string) => boolean;
  readonly found: Map<string, string>;
  /** Folders that were walked, so that links which lead to one of them again end there. */
  readonly walked: Set<string>;
}

/**
 * Reads the content of a path: a file, or a folder with everything below it. Links are followed, and their text counts too. An
 * entry that cannot be read, or is neither file nor folder, is noted as such, and the others are read.
 * @param isIgnored returns true for a path below it, with `/` between its parts, that is to be passed over.
 * @default the rule of `ignoring`
 * @returns `undefined` if nothing is there
 */
export async function readContent(
  path: string,
  isIgnored: (path: string) => boolean = ignoring(path),
): Promise<Content | undefined> {
  const walk: Walk = { root: path, isIgnored, found: new Map(), walked: new Set() };
  try {
    await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
  }
  await note('', walk);
  return new Map([...walk.found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Hashes the content of a path, as `readContent` reads it. */
export async function contentHash(
  path: string,
  isIgnored?: (path: string) => boolean,
): Promise<string | undefined> {
  const content = await readContent(path, isIgnored);
  if (content === undefined) return undefined;
  const hash = createHash('sha256');
  for (const [name, text] of content) hash.update(`${name.length} ${name} ${text}\n`);
  return hash.digest('hex');
}

async function note(name: string, walk: Walk): Promise<void> {
  const path = join(walk.root, name);
  let link = '';
  try {
    if ((await lstat(path)).isSymbolicLink()) link = `link to ${await readlink(path)}: `;
    const found = await stat(path, { bigint: true });
    if (found.isDirectory()) {
      if (link !== '') walk.found.set(name, link);
      await noteFolder(name, { walk, id: `${found.dev} ${found.ino}` });
    } else walk.found.set(name, link + (found.isFile() ? await digestOf(path) : 'no file'));
  } catch (error) {
    // The file went away meanwhile.
    if (codeOf(error) === 'ENOENT' && link === '') return;
    walk.found.set(name, link + codeOf(error));
  }
}

async function noteFolder(name: string, { walk, id }: { walk: Walk; id: string }): Promise<void> {
  if (walk.walked.has(id)) return;
  walk.walked.add(id);
  for (const entry of await readdir(join(walk.root, name))) {
    const inner = name === '' ? entry : `${name}/${entry}`;
    if (!walk.isIgnored(inner)) await note(inner, walk);
  }
}

/** A file that is put in the place of another one may be a pipe, which would keep the reader waiting. */
async function digestOf(path: string): Promise<string> {
  const file = await open(path, O_RDONLY | O_NONBLOCK);
  try {
    const { size, mtimeNs } = await file.stat({ bigint: true });
    if (size > LARGEST_READ) return `${size} ${mtimeNs}`;
    const hash = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk as Uint8Array);
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
