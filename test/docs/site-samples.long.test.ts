import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

/**
 * Runs the pages of `docs/start`, `docs/guide` and `docs/from` as a reader would: a block after "`file`:" is written into that file, a
 * block of `sh` is run, and a block of `text` after it is what it prints, with "…" for anything. There is no other kind of block.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = ['start', 'guide', 'from'].flatMap((folder) =>
  readdirSync(join(ROOT, 'docs', folder)).map((name) => `${folder}/${name}`),
);
const HOME = mkdtempSync(join(tmpdir(), 'wasm-plugin-docs-'));
afterAll(() => rmSync(HOME, { recursive: true, force: true }));

/** Commands as a reader has them. Packages are those of this workspace, in place of those of a registry. */
const COMMANDS = {
  npx: `if [ "$1" = vite ]; then shift; exec "${process.execPath}" "${join(ROOT, 'node_modules/vite/bin/vite.js')}" "$@"; fi
shift\nexec "${process.execPath}" "${join(ROOT, 'cli/bin/wasm-plugin.js')}" "$@"`,
  npm: 'test "$1" = install',
  pip: 'test "$1" = install',
  node: `exec "${process.execPath}" "$@"`,
  'wasm-tools': `exec "${process.execPath}" "${join(HOME, 'parse.mjs')}" "$2" "$4"`,
};
mkdirSync(join(HOME, 'bin'));
// In place of esbuild, the same program in WebAssembly.
mkdirSync(join(HOME, 'node_modules'));
symlinkSync(join(ROOT, 'node_modules/esbuild-wasm'), join(HOME, 'node_modules/esbuild'));
for (const [name, script] of Object.entries(COMMANDS)) {
  writeFileSync(join(HOME, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(HOME, 'bin', name), 0o755);
}
const TOOLS = pathToFileURL(
  join(ROOT, 'node_modules/@bytecodealliance/jco-transpile/dist/wasm-tools.js'),
).href;
writeFileSync(
  join(HOME, 'parse.mjs'),
  `import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from ${JSON.stringify(TOOLS)};
writeFileSync(process.argv[3], await parse(readFileSync(process.argv[2], 'utf8')));
`,
);

/** The target of Rust that a page needs. */
const TARGETS: Readonly<Record<string, string>> = {
  'start/rust.md': 'wasm32-unknown-unknown',
  'start/program.md': 'wasm32-wasip2',
};

/** The pages whose plugins contain a whole engine, which needs a proposal that older versions lack. */
const OF_NODE_22 = ['start/javascript.md', 'start/typescript.md', 'start/python.md'];

/** Programs that a page needs: of each list, one. */
const PROGRAMS: Readonly<Record<string, readonly string[][]>> = {
  'start/python.md': [['componentize-py']],
  'start/c.md': [
    ['wit-bindgen'],
    ['clang', ...[22, 21, 20, 19, 18, 17].map((version) => `clang-${version}`)],
    ['wasm-ld', ...[22, 21, 20, 19, 18, 17].map((version) => `wasm-ld-${version}`)],
  ],
};

function runs(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** Returns the reason why a page cannot be run on this machine. */
function missing(page: string): string | undefined {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (OF_NODE_22.includes(page) && major < 22) return 'it needs Node.js 22';
  const lacking = PROGRAMS[page]?.find((names) => !names.some(runs));
  if (lacking !== undefined) return `there is no ${lacking[0]}`;
  const target = TARGETS[page];
  if (target === undefined) return undefined;
  const targets = spawnSync('rustup', ['target', 'list', '--installed'], { encoding: 'utf8' });
  return targets.stdout?.includes(target) === true ? undefined : `there is no cargo with ${target}`;
}

interface Block {
  language: string;
  code: string;
  file: string | undefined;
}

function blocksOf(text: string): Block[] {
  return [...text.matchAll(/(?:`([^`\n]+)`[^`\n]*:\n\n)?```(\w*)\n([\s\S]*?)\n```/g)].map(
    ([, file, language = '', code = '']) => ({
      language,
      code,
      file,
    }),
  );
}

function escaped(text: string): RegExp {
  return new RegExp(
    `^${text
      .trim()
      .split('…')
      .map((each) => each.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
      .join('[^]*')}$`,
  );
}

describe('the pages of docs', () => {
  for (const page of PAGES) {
    const reason = missing(page);
    if (reason !== undefined) console.log(`skipped: docs/${page}: ${reason}`);
    it.skipIf(reason !== undefined)(`${page} does what it says`, { timeout: 1_200_000 }, () => {
      const folder = join(HOME, page.replaceAll(/\W/g, '-'));
      mkdirSync(folder);
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      const env = {
        ...process.env,
        PATH: `${join(HOME, 'bin')}:${process.env['PATH']}`,
        WASM_PLUGIN_CACHE: join(HOME, 'cache'),
        // A shared folder, so that each crate is compiled once.
        CARGO_TARGET_DIR: join(ROOT, 'test/dist/docs-target'),
      };
      let printed: string | undefined;
      const blocks = blocksOf(readFileSync(join(ROOT, 'docs', page), 'utf8'));
      expect(blocks.length).toBeGreaterThan(0);
      for (const { language, code, file } of blocks) {
        if (language === 'text') {
          expect(printed).toMatch(escaped(code));
        } else if (language === 'sh') {
          const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', code], {
            cwd: folder,
            env,
            encoding: 'utf8',
          });
          expect({ code, status, stderr: status === 0 ? '' : stderr + stdout }).toEqual({
            code,
            status: 0,
            stderr: '',
          });
          printed = stdout.trim();
        } else {
          expect(file, `a block of ${language} that nothing runs:\n${code}`).toBeDefined();
          const path = join(folder, file as string);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, `${code}\n`);
        }
      }
    });
  }
});
