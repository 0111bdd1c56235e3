import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that tools fill, and that nobody writes by hand. */
const ALWAYS = ['node_modules', '.git'];

/** The paths below a watched folder that are ignored. */
export interface Ignoring {
  /** Names at any depth, and paths. */
  readonly ignore?: readonly string[] | undefined;
  /** Paths that are never passed over, in spite of all other rules. */
  readonly keep?: readonly string[] | undefined;
}

/**
 * Makes the rule for paths below a watched folder that are passed over: `node_modules` and `.git` at any depth, `target` beside
 * a `Cargo.toml`, and matches of the patterns. A pattern without a slash is a name at any depth (`*.log`), one with a slash a
 * path from the folder on (`out/cache`); everything below a match is passed over too. `*` is any text in a name, `**` also
 * across slashes.
 * @param folder the watched folder
 */
export function ignoring(
  folder: string,
  { ignore = [], keep = [] }: Ignoring = {},
): (path: string) => boolean {
  const patterns = [...ALWAYS, ...ignore].map(expressionFrom);
  const kept = keep.map((path) => path.replace(/^\.\//, ''));
  return (path) => {
    if (kept.some((keep) => keep === path || keep.startsWith(`${path}/`))) return false;
    return patterns.some((pattern) => pattern.test(path)) || isOfCargo(folder, path);
  };
}

function isOfCargo(folder: string, path: string): boolean {
  const parts = path.split('/');
  const at = parts.indexOf('target');
  return at >= 0 && existsSync(join(folder, ...parts.slice(0, at), 'Cargo.toml'));
}

function expressionFrom(pattern: string): RegExp {
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  const text = trimmed
    .split(/(\*\*\/?|\*)/)
    .map((part) => WILD[part] ?? part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    .join('');
  const isName = !pattern.replace(/\/$/, '').includes('/');
  return new RegExp(`^${isName ? '(?:.*/)?' : ''}${text}(?:/|$)`, 's');
}

const WILD: Readonly<Record<string, string>> = { '*': '[^/]*', '**': '.*', '**/': '(?:.*/)?' };
