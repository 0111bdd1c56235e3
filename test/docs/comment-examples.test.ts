import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// Inside the repository, so that packages are found; in a folder that holds build output.
const FOLDER = join(ROOT, 'test/dist/comment-examples');

/** The doors whose names an example may use without an import. */
const DOORS = [
  '@wasm-plugin/abi',
  ...['manifest', 'config', 'version', 'update', 'package', 'trust'].map(
    (door) => `@wasm-plugin/abi/${door}`,
  ),
  '@wasm-plugin/engine',
  ...['component', 'meter', 'module', 'reload', 'sandbox', 'world', 'host'].map(
    (door) => `@wasm-plugin/engine/${door}`,
  ),
];

/** An `@example` of a doc comment that announces its output: `console.log(…); // prints: …`. */
interface Example {
  place: string;
  code: string;
  wanted: string[];
}

function examples(): Example[] {
  const files = execFileSync('git', ['ls-files', 'abi/src', 'engine/src'], { cwd: ROOT, encoding: 'utf8' });
  return files
    .split('\n')
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return [...text.matchAll(/ \* @example\n((?: \* [^@\n].*\n)+)/g)].map(({ index, 1: block = '' }) => {
        const code = block.replaceAll(/^ \* /gm, '');
        const wanted = [...code.matchAll(/\/\/ prints: (.*)$/gm)].map(([, printed = '']) => printed);
        return { place: `${path}:${text.slice(0, index).split('\n').length + 1}`, code, wanted };
      });
    })
    .filter(({ wanted }) => wanted.length > 0);
}

/** Runs the files that it is given, and prints the output of each as a line of JSON. */
const RUNNER = `
const doors = await Promise.all(${JSON.stringify(DOORS)}.map((door) => import(door)));
for (const door of doors) for (const name in door) globalThis[name] ??= door[name];
const write = console.log;
for (const file of process.argv.slice(2)) {
  const lines = [];
  console.log = (...values) => void lines.push(values.map(String).join(' '));
  try { await import(file); } catch (error) { lines.push(String(error)); }
  write(JSON.stringify(lines));
}
`;

const EXAMPLES = examples();
let printed: string[][];

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'run.mjs'), RUNNER);
  const files = EXAMPLES.map(({ code }, index) => {
    writeFileSync(join(FOLDER, `${index}.mjs`), code);
    return `./${index}.mjs`;
  });
  const { stdout, stderr } = spawnSync(process.execPath, ['run.mjs', ...files], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  printed = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string[]);
}, 60_000);

describe('the examples of doc comments', () => {
  it('are there', () => expect(EXAMPLES.length).toBeGreaterThanOrEqual(20));

  for (const [index, { place, wanted }] of EXAMPLES.entries()) {
    it(`${place} prints what it says`, () => expect(printed[index]).toEqual(wanted));
  }
});
