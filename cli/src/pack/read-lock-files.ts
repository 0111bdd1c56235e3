import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of another ecosystem that took part in a plugin. */
export interface SourcePackage {
  readonly ecosystem: 'cargo' | 'npm';
  readonly name: string;
  readonly version: string;
  /** Its SHA-256 as hexadecimal digits, if the lock file has it. */
  readonly sha256: string | undefined;
}

/** Reads the packages that lock files in a folder of sources name: `Cargo.lock`, `package-lock.json`. */
export function readLockFiles(folder: string): SourcePackage[] {
  const found = [
    ...cargo(textOf(join(folder, 'Cargo.lock'))),
    ...npm(textOf(join(folder, 'package-lock.json'))),
  ];
  const distinct = new Map(found.map((each) => [`${each.ecosystem} ${each.name} ${each.version}`, each]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Cargo writes its lock file itself, one `key = "value"` a line. A package without a source is the plugin's own. */
function cargo(text: string): SourcePackage[] {
  return text.split('[[package]]').flatMap((block): SourcePackage[] => {
    const value = (key: string): string | undefined =>
      new RegExp(`^${key} = "([^"]*)"$`, 'm').exec(block)?.[1];
    const [name, version, source] = [value('name'), value('version'), value('source')];
    if (name === undefined || version === undefined || source === undefined) return [];
    return [{ ecosystem: 'cargo', name, version, sha256: value('checksum') }];
  });
}

/** Packages that are needed to build a plugin may be in it, as AssemblyScript's are; those only for development are not. */
function npm(text: string): SourcePackage[] {
  let lock: { packages?: Record<string, { version?: unknown; dev?: unknown; link?: unknown }> };
  try {
    lock = JSON.parse(text) as typeof lock;
  } catch {
    return [];
  }
  return Object.entries(lock.packages ?? {}).flatMap(([path, { version, dev, link }]): SourcePackage[] => {
    const [, name] = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    if (name === undefined || typeof version !== 'string' || dev === true || link === true) return [];
    return [{ ecosystem: 'npm', name, version, sha256: undefined }];
  });
}
