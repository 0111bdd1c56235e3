import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PluginFiles } from '@wasm-plugin/abi/package';
import { beforeAll, describe, expect, it } from 'vitest';
import { counterFiles } from '../host/counter-host.js';
import { pluginFiles } from '../host/plugin-files.js';
import { documents, promisedBy, samplesOf, type Sample } from './read-document.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// Inside the repository, so that packages are found; in a folder that holds build output.
const FOLDER = join(ROOT, 'test/dist/samples');
const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const EQ = join(ROOT, 'plugins-as/build/eq.wasm');
const STRICT = [
  '--strict',
  '--module',
  'nodenext',
  '--target',
  'es2024',
  '--types',
  'node',
  '--ignoreConfig',
];

const FILES = [
  'README.md',
  ...documents(ROOT),
  'abi/README.md',
  'engine/README.md',
  'native-bridge/README.md',
  'plugins-as/sdk/README.md',
];

/** Program around a sample that is a part of one. */
interface Context {
  /** Its content. */
  has: string;
  before: string;
  /** The folder that it runs in, in the one with all samples. */
  folder?: string;
}

const CONTEXTS: readonly Context[] = [
  {
    has: 'engine.load(bytes, { limits:',
    before: `import { readFile } from 'node:fs/promises';
import { createEngine } from '@wasm-plugin/engine';
const engine = createEngine();
const bytes = await readFile('examples/plugins/greeter-rust/plugin.wasm');
`,
  },
  {
    has: 'fuelOf, reload, usage',
    before: `import assert from 'node:assert';
import { load } from 'wasm-plugin/test';
const expect = (value) => ({
  toBe: (wanted) => assert.equal(value, wanted),
  toBeLessThanOrEqual: (most) => assert.ok(value <= most),
});
`,
    folder: 'greeter',
  },
  {
    has: 'goPluginLink({',
    before: `import { createPluginHost } from '@wasm-plugin/engine/host';
import { rpc } from '@wasm-plugin/native-bridge';
import { goPluginLink } from '@wasm-plugin/native-bridge/go-plugin';
const store = {};
`,
  },
  { has: 'buildPlugin({ entry:', before: '', folder: 'greeter' },
];

/** Files of a reader's machine that samples name, and their substitutes here. */
const STANDS_FOR: readonly [text: string, present: string][] = [
  ['hexyl.wasm', 'words.wasm'],
  ['/srv/box', join(FOLDER, 'box')],
];

const SAMPLES = FILES.map((file) => ({ file, samples: samplesOf(ROOT, file) }));

function contextOf({ code }: Sample): Context | undefined {
  return CONTEXTS.find(({ has }) => code.includes(has));
}

function fileOf({ place, language }: Sample): string {
  return `${place.replaceAll(/[/.:]/g, '-')}.m${language}`;
}

/** Those that TypeScript checks. */
const TYPED = SAMPLES.flatMap(({ samples }) => samples).filter(({ language }) => language === 'ts');

let compiled = '';

beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'box'), { recursive: true });
  writeFileSync(join(FOLDER, 'box/a.bin'), 'one two');
  for (const name of ['examples', 'plugins-as', 'plugins-rust'])
    symlinkSync(join(ROOT, name), join(FOLDER, name));
  const greeter = join(ROOT, 'examples/plugins/greeter-assemblyscript');
  cpSync(join(greeter, 'plugin.wasm'), join(FOLDER, 'plugin.wasm'));
  cpSync(join(ROOT, 'test/guests/wasi/build/words.wasm'), join(FOLDER, 'words.wasm'));
  for (const number of [1, 2]) {
    await write(counterFiles(number, { id: 'acme.counter' }), `plugins/counter-${number}`);
    const permissions = [{ capability: 'log', reason: 'to say what it does' }];
    const manifest = { version: `1.0.${number}`, world: 'wasm-plugin:abi/audio-effect', permissions };
    await write(pluginFiles('acme.eq', manifest, readFileSync(EQ)), `effects/eq-${number}`);
  }
  const bin = join(ROOT, 'cli/bin/wasm-plugin.js');
  for (const words of [
    ['new', 'greeter', '--language', 'assemblyscript'],
    ['build', 'greeter'],
  ]) {
    execFileSync(process.execPath, [bin, ...words], { cwd: FOLDER });
  }
  for (const sample of SAMPLES.flatMap(({ samples }) => samples)) {
    const context = contextOf(sample);
    const code = STANDS_FOR.reduce((text, [from, to]) => text.replaceAll(from, to), sample.code);
    writeFileSync(join(FOLDER, context?.folder ?? '.', fileOf(sample)), (context?.before ?? '') + code);
  }
  compiled = spawnSync(process.execPath, [TSC, ...STRICT, ...TYPED.map(fileOf)], {
    cwd: FOLDER,
    encoding: 'utf8',
  }).stdout;
});

async function write(files: PluginFiles, folder: string): Promise<void> {
  mkdirSync(join(FOLDER, folder), { recursive: true });
  for (const path of await files.list()) writeFileSync(join(FOLDER, folder, path), await files.read(path));
}

describe('the TypeScript in the documents', () => {
  it('compiles under --strict, and has no casts', () => {
    expect(compiled).toBe('');
    expect(TYPED.length).toBeGreaterThan(4);
    for (const { code, place } of TYPED) expect(code, place).not.toMatch(/\bas [A-Za-z]/);
  });
});

describe.each(SAMPLES.filter(({ samples }) => samples.length > 0))('$file', ({ samples }) => {
  it.each(samples)('has a sample at $place that runs, and prints what it says', (sample) => {
    const file = fileOf(sample).replace('.mts', '.mjs');
    const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
      cwd: join(FOLDER, contextOf(sample)?.folder ?? '.'),
      encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const promised = promisedBy(sample);
    if (promised.length > 0) expect(stdout.trim().split('\n')).toEqual(promised);
  });
});
