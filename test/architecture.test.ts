import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MIRRORED, TESTED_ELSEWHERE } from './tested-elsewhere.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The doors of `abi`. */
const ABI = [
  '',
  '/manifest',
  '/config',
  '/version',
  '/update',
  '/package',
  '/trust',
  '/error-help',
  '/host-config',
].map((door) => `@wasm-plugin/abi${door}`);

/** Packages that a package may import. */
const LAYERS: Record<string, string[]> = {
  abi: [],
  engine: ABI,
  'native-bridge': ABI,
  'plugins-as/sdk': ['@wasm-plugin/engine', '@wasm-plugin/engine/module', '@wasm-plugin/engine/component'],
  playground: [
    '@wasm-plugin/engine',
    '@wasm-plugin/engine/component',
    '@wasm-plugin/engine/sandbox',
    '@wasm-plugin/engine/worklet',
  ],
  bench: [
    ...ABI,
    '@wasm-plugin/engine',
    '@wasm-plugin/engine/host',
    '@wasm-plugin/engine/meter',
    '@wasm-plugin/engine/reload',
    '@wasm-plugin/engine/component',
    '@wasm-plugin/engine/module',
    '@wasm-plugin/native-bridge',
    '@wasm-plugin/native-bridge/grpc',
    '@wasm-plugin/native-bridge/nats',
  ],
  cli: [
    ...ABI,
    '@wasm-plugin/engine',
    '@wasm-plugin/engine/component',
    '@wasm-plugin/engine/host',
    '@wasm-plugin/engine/reload',
    '@wasm-plugin/engine/module',
    '@wasm-plugin/engine/meter',
    '@wasm-plugin/engine/sandbox',
    '@wasm-plugin/engine/world',
    '@wasm-plugin/native-bridge',
    '@wasm-plugin/native-bridge/go-plugin',
    '@wasm-plugin/native-bridge/grpc',
    '@wasm-plugin/native-bridge/nats',
    '@wasm-plugin/as',
    '@wasm-plugin/as/wit',
    '@wasm-plugin/as/wasm-tools',
  ],
};

/** The folders of `engine/src` from the ground up: a file imports its own floor and those below. */
const FLOORS = [
  'binary',
  'module',
  'meter',
  'trace',
  'component',
  'canonical',
  'async',
  'link',
  'world',
  'sandbox',
  'runtime',
  'isolated',
  'engine',
  'reload',
  'audio',
  'worklet',
  'host',
];

/** Files that are tables of data or generated, and may be long. */
const TABLES = new Set(['abi/src/worlds.ts']);

/** Exports of the engine for tests alone, not published. */
const TEST_DOOR = 'engine/src/internals.node.ts';

/** First words of a comment that put a clause in place of a noun. Nouns and verbs come first instead. */
const CLAUSE =
  /(?:\/\*\*?(?:\s*\n\s*\*)?|(?<![:/])\/\/[/!]?)[ \t]*(What|How|Whether|Where|When|Why|Who|Whom|Whose|Which|Whatever|Whoever|Tells|Gives|Says)\b/g;

/** Packages whose folders in folders are rooms: with a door of their own. Elsewhere only the top folders have one. */
const HAVE_ROOMS = /^(abi|engine)\//;

const MOST_LINES = 400;

interface Source {
  path: string;
  text: string;
  imports: string[];
}

function sources(): Source[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((path) =>
      /^(abi|engine|native-bridge|plugins-as\/sdk|bench|cli|playground)\/src\/.*\.ts$/.test(path),
    )
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path, text, imports: importsOf(text) };
    });
}

/** Returns each comment of the repository's sources that begins with a clause, as `file:line: first line`. */
function clauseComments(): string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return files
    .split('\n')
    .filter((path) => /\.(ts|mts|js|mjs|rs|c|h|go|wit)(\.tmpl)?$/.test(path) && existsSync(join(ROOT, path)))
    .flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return [...text.matchAll(CLAUSE)].map(({ index, 0: found }) => {
        const line = text.slice(0, index + found.length).split('\n').length;
        return `${path}:${line}: ${text.split('\n')[line - 1]?.trim()}`;
      });
    });
}

function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] as string);
}

/** The folder of `src` that a file is in, or `src`. */
function topFolder(path: string): string {
  return /^.*?\/src(\/[^/]+(?=\/))?/.exec(path)?.[0] ?? '';
}

/** The files that a file imports of its own package. */
function relativeImports(path: string, imports: readonly string[]): string[] {
  return imports
    .filter((name) => name.startsWith('.') && name.endsWith('.js'))
    .map((name) => posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts'));
}

/** Returns the circles in a graph: for each, the files of the first way around that is found. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (done.has(file)) return;
    done.add(file);
    way.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    way.pop();
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

function packageOf(path: string): string {
  return path.slice(0, path.indexOf('/src/'));
}

const ALL = sources();

/** Collects the findings of a rule, so that a failure names every place at once. */
function violations(rule: (source: Source) => string[]): string[] {
  return ALL.flatMap((source) => rule(source).map((found) => `${source.path}: ${found}`));
}

describe('architecture', () => {
  it('has packages that import only those below them', () => {
    expect(
      violations(({ path, imports }) =>
        imports.filter(
          (name) => name.startsWith('@wasm-plugin/') && !(LAYERS[packageOf(path)] ?? []).includes(name),
        ),
      ),
    ).toEqual([]);
  });

  it('has engine folders that import only those below them', () => {
    expect(
      violations(({ path, imports }) => {
        const floor = FLOORS.indexOf(path.split('/')[2] as string);
        if (!path.startsWith('engine/src/') || path.split('/').length < 4) return [];
        if (floor < 0) return ['its folder is not in FLOORS'];
        return imports.filter((name) => {
          if (!name.startsWith('.')) return false;
          const target = posix.join(posix.dirname(path), name).split('/')[2] as string;
          return FLOORS.indexOf(target) > floor || !FLOORS.includes(target);
        });
      }),
    ).toEqual([]);
  });

  it('has folders, also folders in folders, that are imported only through their index.ts', () => {
    expect(
      violations(({ path, imports }) => {
        // The list of the engine's items for tests: no door, so the rule does not apply.
        if (path === TEST_DOOR) return [];
        return relativeImports(path, imports).filter((target) => {
          const folder = HAVE_ROOMS.test(path) ? posix.dirname(target) : topFolder(target);
          return !`${path}/`.startsWith(`${folder}/`) && !/\/index(\.node)?\.ts$/.test(target);
        });
      }),
    ).toEqual([]);
  });

  it('has no circle of files, types included', () => {
    expect(circles(new Map(ALL.map(({ path, imports }) => [path, relativeImports(path, imports)])))).toEqual(
      [],
    );
  });

  it('has no circle of rooms: folders beside each other in a folder, types included', () => {
    const graph = new Map<string, string[]>();
    for (const { path, imports } of ALL) {
      const room = posix.dirname(path);
      const beside = relativeImports(path, imports)
        .map((target) => posix.dirname(target))
        .filter((other) => other !== room && posix.dirname(other) === posix.dirname(room));
      graph.set(room, [...(graph.get(room) ?? []), ...beside]);
    }
    expect(circles(graph)).toEqual([]);
  });

  it('has a page that lists the floors in their order', () => {
    const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    const table = /## The floors of `engine\/src`\n[\s\S]*?(?=\n## )/.exec(page)?.[0] ?? '';
    expect([...table.matchAll(/^\| `([a-z]+)` /gm)].map((row) => row[1])).toEqual(FLOORS);
  });

  it('has doors that re-export by name and hold no mechanism', () => {
    expect(
      violations(({ path, text }) => {
        if (!/\/index(\.node)?\.ts$/.test(path)) return [];
        const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
        const found: string[] = [];
        // A door in Node takes over the portable one beside it; any door that of a room inside, which is public as it is.
        const others = code
          .replace(path.endsWith('.node.ts') ? "export * from './index.js'" : '', '')
          .replaceAll(/export \* from '\.\/[a-z-]+\/index\.js'/g, '');
        if (/export\s*\*/.test(others)) found.push('export *');
        if (/\bfunction[\s*(]|\bclass\s|=>/.test(code)) found.push('holds a mechanism');
        return found;
      }),
    ).toEqual([]);
  });

  it('uses node only in .node.ts files of the portable packages', () => {
    expect(
      violations(({ path, imports }) => {
        if (!/^(abi|engine)\//.test(path) || path.endsWith('.node.ts')) return [];
        return imports.filter((name) => name.startsWith('node:') || name.endsWith('.node.js'));
      }),
    ).toEqual([]);
  });

  it(`has no file over ${MOST_LINES} lines but tables of data`, () => {
    expect(
      violations(({ path, text }) => {
        const lines = text.split('\n').length;
        return lines > MOST_LINES && !TABLES.has(path) ? [`${lines} lines`] : [];
      }),
    ).toEqual([]);
  });

  it('has a test of its name for each source with a mechanism', () => {
    const hasTest = (name: string): boolean =>
      ['.test.ts', '.long.test.ts'].some((end) => existsSync(join(ROOT, 'test', `${name}${end}`)));
    const mechanisms = ALL.filter(
      ({ path, text }) =>
        MIRRORED.some((room) => path.startsWith(`engine/src/${room}/`)) &&
        !/\/index(\.node)?\.ts$/.test(path) &&
        /^(export )?(async )?(function|class)\b/m.test(text.replaceAll(/\/\*[\s\S]*?\*\//g, '')),
    ).map(({ path }) => path.slice('engine/src/'.length).replace(/(\.node)?\.ts$/, ''));
    const listed = Object.values(TESTED_ELSEWHERE).flat();
    console.log(
      `${mechanisms.length - listed.length} of ${mechanisms.length} sources of ${MIRRORED.join(', ')} have a test of their name;` +
        ` test/tested-elsewhere.ts lists the other ${listed.length}`,
    );
    expect({
      'no test, and not in test/tested-elsewhere.ts': mechanisms.filter(
        (name) => !hasTest(name) && !listed.includes(name),
      ),
      'in test/tested-elsewhere.ts, but has a test, or is no source': listed.filter(
        (name) => hasTest(name) || !mechanisms.includes(name),
      ),
      'a test that is not there': Object.keys(TESTED_ELSEWHERE).filter((name) => !hasTest(name)),
    }).toEqual({
      'no test, and not in test/tested-elsewhere.ts': [],
      'in test/tested-elsewhere.ts, but has a test, or is no source': [],
      'a test that is not there': [],
    });
  });

  it('names files in kebab-case, after what they hold', () => {
    expect(
      violations(({ path }) => {
        const name = relative(dirname(path), path).replace(/\.(node|browser)?\.?ts$/, '');
        if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return ['not kebab-case'];
        return /^(utils?|helpers?|common|misc|manager)$/.test(name) ? ['says nothing'] : [];
      }),
    ).toEqual([]);
  });

  it('begins no comment with a clause: "Returns the size", not "How large it is"', () => {
    expect(clauseComments()).toEqual([]);
  });

  it('uses no TypeScript enum, namespace or private keyword', () => {
    expect(
      violations(({ text }) =>
        [...text.matchAll(/^(export )?(enum|namespace) |^  private (readonly )?\w+[:;]/gm)].map(
          (match) => match[0],
        ),
      ),
    ).toEqual([]);
  });
});
