import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The packages that are published, and the most bytes that each may have unpacked. */
const PACKAGES = [
  ['abi', 1_000_000],
  ['engine', 4_250_000],
  ['native-bridge', 1_500_000],
  ['plugins-as/sdk', 4_000_000],
  ['cli', 6_000_000],
] as const;

/** Packages that no install of the engine or the command line brings: each is large, and needed by few. */
const HEAVY = [
  '@grpc/grpc-js',
  '@nats-io/transport-node',
  'assemblyscript',
  'binaryen',
  'koffi',
  '@bytecodealliance/jco-transpile',
  'vitest',
  'typescript',
];

interface Packed {
  name: string;
  size: number;
  unpackedSize: number;
  files: { path: string; size: number }[];
}

interface Manifest {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  exports: unknown;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function pack(folder: string): Packed {
  // Its script "prepack" builds, which other tests must not see.
  const args = ['pack', `./${folder}`, '--dry-run', '--json', '--ignore-scripts'];
  const printed = execFileSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (JSON.parse(printed) as Packed[])[0] as Packed;
}

/** Returns the files that the doors of a package name. */
function doorsOf(target: unknown): string[] {
  if (typeof target === 'string') return target.includes('*') ? [] : [target.slice('./'.length)];
  return Object.values(target as Record<string, unknown>).flatMap((inner) => doorsOf(inner));
}

/** Returns the names of all that npm installs with a package. */
function installedWith(folder: string, found = new Set<string>()): Set<string> {
  const { dependencies, optionalDependencies } = manifestOf(folder);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    if (found.has(name)) continue;
    found.add(name);
    const inner = join(ROOT, 'node_modules', name);
    if (existsSync(inner)) installedWith(inner, found);
  }
  return found;
}

describe.each(PACKAGES)('the package in %s', (folder, mostBytes) => {
  let packed: Packed;
  let paths: string[];

  beforeAll(() => {
    packed = pack(folder);
    paths = packed.files.map(({ path }) => path);
    console.log(
      `${packed.name}: ${paths.length} files, ${packed.size} bytes packed, ${packed.unpackedSize} unpacked`,
    );
  });

  it('has a README, the license, and each door', () => {
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']));
    expect(readFileSync(join(ROOT, folder, 'LICENSE'), 'utf8')).toBe(
      readFileSync(join(ROOT, 'LICENSE'), 'utf8'),
    );
    expect(paths).toEqual(expect.arrayContaining(doorsOf(manifestOf(join(ROOT, folder)).exports)));
  });

  it('has the source that each declaration was made of', () => {
    const declarations = paths.filter((path) => path.endsWith('.d.ts') && path.startsWith('dist/'));
    expect(declarations.length).toBeGreaterThan(5);
    const maps = declarations.map((path) => `${path}.map`);
    const sources = declarations.map((path) => path.replace(/^dist/, 'src').replace(/\.d\.ts$/, '.ts'));
    expect([...maps, ...sources].filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('has no tests, no fixtures and no build records', () => {
    const unwanted =
      /\.(?:test|spec)\.|(?:^|\/)(?:fixtures|__tests__|node_modules)\/|\.tsbuildinfo$|tsconfig/;
    const templates = /^templates\//;
    expect(paths.filter((path) => unwanted.test(path) && !templates.test(path))).toEqual([]);
  });

  it('names no path of this machine', () => {
    const named = paths.filter((path) => {
      const text = readFileSync(join(ROOT, folder, path), 'latin1');
      // Paths that jco's own builds left in their modules are not ours.
      const isOurs = !path.endsWith('.core.wasm');
      return text.includes(ROOT) || (isOurs && /\/(?:home|Users)\/[a-z]/.test(text));
    });
    expect(named).toEqual([]);
  });

  it(`has at most ${mostBytes} bytes unpacked`, () => {
    expect(packed.unpackedSize).toBeLessThan(mostBytes);
  });
});

describe('what npm installs with', () => {
  it.each(['engine', 'native-bridge', 'cli', 'plugins-as/sdk'])('%s is light', (folder) => {
    const installed = installedWith(join(ROOT, folder));
    expect(HEAVY.filter((name) => installed.has(name))).toEqual([]);
  });
});
