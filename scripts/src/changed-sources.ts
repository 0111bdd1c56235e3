import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One change of a file in `assembly`: a text that is there once, and what comes in its place. */
interface SourceChange {
  file: string;
  from: string;
  to: string;
}

/**
 * Copies a plugin, changes its sources as its `versions.json` says for a version, and works with the copy.
 * @throws {Error} a text that is to be replaced is not there, or more than once
 */
export async function withChangedSources<T>(
  folder: string,
  version: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), `${version}-`));
  try {
    cpSync(join(folder, 'assembly'), join(copy, 'assembly'), { recursive: true });
    for (const change of changesOf(folder, version)) apply(join(copy, 'assembly'), change);
    return await work(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function changesOf(folder: string, version: string): SourceChange[] {
  const versions = JSON.parse(readFileSync(join(folder, 'versions.json'), 'utf8')) as Record<
    string,
    { changes: SourceChange[] } | undefined
  >;
  const found = versions[version];
  if (found === undefined) throw new Error(`Cannot build "${version}": versions.json has no such version`);
  return found.changes;
}

function apply(folder: string, { file, from, to }: SourceChange): void {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2)
    throw new Error(`Cannot change "${file}": "${from}" is there ${parts.length - 1} times`);
  writeFileSync(path, parts.join(to));
}
