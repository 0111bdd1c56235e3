import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repoFile, runCli, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

const runs = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** Mistakes in sources of other languages, each with what it takes to see it. */
const ELSEWHERE = [
  {
    language: 'c',
    file: 'src/plugin.c',
    from: 'ret->len = start',
    to: 'ret->length = start',
    says: ["no member named 'length'", 'src/plugin.c:'],
    missing: () => ['wit-bindgen', 'clang-19'].find((program) => !runs(program)),
  },
  {
    language: 'typescript',
    file: 'src/index.ts',
    from: '`Hello, ${name}!`',
    to: 'name.length',
    says: ["Type 'number' is not assignable to type 'string'", 'src/index.ts:'],
    missing: () => undefined,
  },
  {
    language: 'javascript',
    file: 'src/index.js',
    from: '!`;',
    to: '!;',
    says: ['src/index.js": Failed', 'unexpected end of string', '/src/index.js:3:'],
    missing: () => (Number.parseInt(process.versions.node, 10) < 22 ? 'Node.js 22' : undefined),
  },
  {
    language: 'python',
    file: 'app.py',
    from: 'return f',
    to: 'retrun f',
    says: ['app.py', 'SyntaxError'],
    missing: () => ['componentize-py'].find((program) => !runs(program)),
  },
];

describe('wasm-plugin build passes on what a compiler says', { timeout: 60_000 }, () => {
  it.for(ELSEWHERE)('of $language', ({ language, file, from, to, says, missing }, { skip }) => {
    const lacking = missing();
    if (lacking !== undefined) skip(`it needs ${lacking}`);
    const name = `of-${language}`;
    expect(runCli(['new', name, '--language', language, '--world', 'own'], { cwd: folder }).code).toBe(0);
    const path = join(folder, name);
    symlinkSync(repoFile('node_modules'), join(path, 'node_modules'));
    const text = readFileSync(join(path, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(path, file), text.replace(from, to));
    const { code, stdout, stderr } = runCli(['build', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const line of says) expect(stderr).toContain(line);
    expect(stderr).not.toContain('This is a bug');
  });
});
