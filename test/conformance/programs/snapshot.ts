import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Lists everything in a folder, a line each: path, kind, mode, and the size and hash of a file or the target of a link. */
export function snapshot(folder: string): string {
  return entriesOf(folder, '').join('\n');
}

/** Not by Node's own recursion, which follows links in Node 20. */
function entriesOf(folder: string, prefix: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const line = `${prefix}${name} ${describeEntry(path)}`;
      return lstatSync(path).isDirectory() ? [line, ...entriesOf(path, `${prefix}${name}/`)] : [line];
    });
}

function describeEntry(path: string): string {
  const stat = lstatSync(path);
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.isSymbolicLink()) return `link -> ${readlinkSync(path)}`;
  if (stat.isDirectory()) return `folder ${mode}`;
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
  return `file ${mode} ${stat.nlink} names ${stat.size} bytes ${hash}`;
}
