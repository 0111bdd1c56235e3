import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counterFiles } from '../host/counter-host.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CODE = examples(readFileSync(join(ROOT, 'README.md'), 'utf8'));
let folder = '';

/** Returns the TypeScript in a text. */
function examples(text: string): string[] {
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}

/** Compiles an example as its reader would, and runs it. Returns what it prints. */
async function run(code: string): Promise<string[]> {
  await writeFile(join(folder, 'host.mts'), code);
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const options = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
    '--ignoreConfig',
  ];
  node([join(typescript, 'bin/tsc'), ...options, 'host.mts']);
  return node(['host.mjs']).trim().split('\n');
}

function node(args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
}

beforeAll(async () => {
  // Below the root, where the packages are found.
  const parent = join(ROOT, 'test/dist');
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, 'readme-'));
  for (const number of [1, 2]) {
    const files = counterFiles(number, { id: 'acme.counter' });
    const to = join(folder, 'plugins', `counter-${number}`);
    await mkdir(to, { recursive: true });
    for (const path of await files.list()) await writeFile(join(to, path), await files.read(path));
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('README.md', () => {
  it('has a host of plugins with reload that compiles and prints what it says', async () => {
    const [code = ''] = CODE.filter((each) => each.includes('createPluginHost'));
    const promised = [...code.matchAll(/\/\/ prints: (.*)$/gm)].map((match) => match[1]);
    expect(promised).toHaveLength(3);
    expect(await run(code)).toEqual(promised);
  });
});
