import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Unpacked bytes that an embedder may have to install: half of it are sources and maps, which editors show. */
const MOST_BYTES = 6_000_000;

/** Bytes without those. */
const MOST_BYTES_AT_RUN_TIME = 3_500_000;

interface Packed {
  name: string;
  size: number;
  unpackedSize: number;
  files: { path: string; size: number }[];
}

/** Returns the folders of a package and of all its dependencies at run time. */
function closure(folder: string, found = new Map<string, string>()): Map<string, string> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
  };
  if (found.has(manifest.name)) return found;
  found.set(manifest.name, folder);
  for (const name of Object.keys(manifest.dependencies ?? {}))
    closure(join(ROOT, 'node_modules', name), found);
  return found;
}

function pack(folder: string): Packed {
  const printed = execFileSync('npm', ['pack', folder, '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (JSON.parse(printed) as Packed[])[0] as Packed;
}

it('@wasm-plugin/engine installs less than 3.5 MB, and its sources, with all it depends on', () => {
  const packed = [...closure(join(ROOT, 'engine')).values()].map((folder) => pack(folder));
  const sum = (key: 'size' | 'unpackedSize'): number => packed.reduce((total, each) => total + each[key], 0);
  console.log(
    [...packed, { name: 'total', size: sum('size'), unpackedSize: sum('unpackedSize') }]
      .map((each) => `${each.name}: ${each.size} bytes packed, ${each.unpackedSize} unpacked`)
      .join('\n'),
  );
  expect(sum('unpackedSize')).toBeLessThan(MOST_BYTES);
  const atRunTime = packed.flatMap(({ files }) => files).filter(({ path }) => !/^src\/|\.map$/.test(path));
  expect(atRunTime.reduce((total, { size }) => total + size, 0)).toBeLessThan(MOST_BYTES_AT_RUN_TIME);
});
