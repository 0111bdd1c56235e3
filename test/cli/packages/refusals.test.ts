import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PluginError } from '@wasm-plugin/abi';
import { sha256Of } from '@wasm-plugin/abi/trust';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { beforeAll, describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from '../run-cli.js';
import { cliJson, jsonError, packedPlugin, snapshot, tamper } from './packages.js';

/**
 * Packages that an attacker has exchanged, refused at install and at load. Who runs the registry is the attacker: its index promises
 * what it serves.
 */
const FOLDER = temporaryFolder();
const path = (name: string): string => join(FOLDER, name);
const FILE = 'acme.eq-1.1.0.plugin.zip';

interface Index {
  plugins: Record<string, { versions: Record<string, { sha256: string; sizeBytes: number; file: string }> }>;
}

let whole = path('');
let older = path('');
let stranger = path('');

beforeAll(async () => {
  for (const name of ['own', 'other']) await cliJson(['keygen', '--no-password', '-o', path(name)]);
  const key = path('own.key');
  older = await packedPlugin(FOLDER, { id: 'acme.eq', version: '1.0.0', key, registry: path('registry') });
  whole = await packedPlugin(FOLDER, { id: 'acme.eq', version: '1.1.0', key, registry: path('registry') });
  await cliJson([
    'install',
    'acme.eq',
    '-d',
    path('installed'),
    '-r',
    path('registry'),
    '-t',
    path('own.pub'),
  ]);
  stranger = path('stranger.plugin.zip');
  cpSync(whole, stranger);
  await cliJson(['sign', stranger, '--key', path('other.key')]);
});

interface Attack {
  /** Bytes that take the place of version 1.1.0. */
  bytes: () => Promise<Uint8Array> | Uint8Array;
  /** The code of the error of an installation and of a load. */
  code: string;
  message: string;
}

const ATTACKS: [name: string, attack: Attack][] = [
  [
    'tampered',
    {
      bytes: () => tamper(whole, { 'plugin.wasm': readFileSync(path('src/acme.eq-1.0.0/plugin.json')) }),
      code: 'WP_TAMPERED',
      message: '"plugin.wasm" is not the file that its SHA256SUMS names',
    },
  ],
  [
    'truncated',
    {
      bytes: () => readFileSync(whole).subarray(0, 5000),
      code: 'WP_PACKAGE',
      message: 'it is no zip file',
    },
  ],
  [
    'wrongly signed',
    {
      bytes: () => readFileSync(stranger),
      code: 'WP_SIGNATURE',
      message: 'which is not trusted',
    },
  ],
  [
    'unsigned',
    {
      bytes: () => tamper(whole, { 'SHA256SUMS.minisig': undefined }),
      code: 'WP_UNSIGNED',
      message: 'it has no SHA256SUMS.minisig',
    },
  ],
];

/** Returns a registry that serves other bytes as version 1.1.0, and says so in its index. */
function registryWith(name: string, bytes: Uint8Array): string {
  const registry = path(`${name}-registry`);
  cpSync(path('registry'), registry, { recursive: true });
  const index = JSON.parse(readFileSync(join(registry, 'index.json'), 'utf8')) as Index;
  const entry = index.plugins['acme.eq']?.versions['1.1.0'];
  if (entry === undefined) throw new Error('the registry has no acme.eq 1.1.0');
  Object.assign(entry, { sha256: sha256Of(bytes), sizeBytes: bytes.length });
  writeFileSync(join(registry, entry.file), bytes);
  writeFileSync(join(registry, 'index.json'), JSON.stringify(index));
  return registry;
}

/** Adds and loads what lies in a folder, as a host that trusts one key and a lock file. Returns what goes wrong. */
async function loadFrom(folder: string): Promise<PluginError[]> {
  const host = createPluginHost({
    folders: [folder],
    trustedKeys: [readFileSync(path('own.pub'), 'utf8')],
    lockFile: join(folder, '.wasm-plugin-lock.json'),
  });
  const { problems } = await host.scan();
  const { failed, loaded } = await host.loadAll();
  await host.close();
  expect(loaded).toEqual([]);
  return [...problems, ...failed].map(({ error }) => error).filter((error) => PluginError.is(error));
}

const INSTALL = ['install', 'acme.eq@1.1.0'];

describe('a package that is', () => {
  it.each(ATTACKS)(
    '%s is refused at install, with nothing changed',
    async (name, { bytes, code, message }) => {
      const registry = registryWith(name, await bytes());
      for (const folder of [path(`${name}-new`), path(`${name}-update`)]) {
        if (folder.endsWith('update')) {
          await cliJson(['install', 'acme.eq@1.0.0', '-d', folder, '-r', registry, '-t', path('own.pub')]);
        }
        const before = snapshot(folder);
        const result = await callCli([
          ...INSTALL,
          '-d',
          folder,
          '-r',
          registry,
          '-t',
          path('own.pub'),
          '--json',
        ]);
        expect(result.code).toBe(1);
        expect(jsonError(result).code).toBe(code);
        expect(jsonError(result).message).toContain(message);
        expect(snapshot(folder)).toEqual(before);
      }
    },
  );

  it.each(ATTACKS)('%s is refused at load, with nothing changed', async (name, { bytes, code, message }) => {
    const folder = path(`${name}-loaded`);
    cpSync(path('installed'), folder, { recursive: true });
    writeFileSync(join(folder, FILE), await bytes());
    const before = snapshot(folder);
    const [error] = await loadFrom(folder);
    expect(error?.code).toBe(code);
    expect(error?.message).toContain(message);
    expect(snapshot(folder)).toEqual(before);
  });

  it('older than what is installed is refused at install, also where the registry hides the newer one', async () => {
    const registry = path('rolled-back');
    cpSync(path('registry'), registry, { recursive: true });
    const index = JSON.parse(readFileSync(join(registry, 'index.json'), 'utf8')) as Index;
    delete index.plugins['acme.eq']?.versions['1.1.0'];
    writeFileSync(join(registry, 'index.json'), JSON.stringify(index));
    const folder = path('to-roll-back');
    cpSync(path('installed'), folder, { recursive: true });
    const before = snapshot(folder);
    for (const spec of ['acme.eq@*', 'acme.eq@1.0.0', 'acme.eq']) {
      const args = ['install', spec, '-d', folder, '-r', registry, '-t', path('own.pub'), '--json'];
      const result = await callCli(args);
      expect({ code: result.code, error: jsonError(result).code }).toEqual({
        code: 1,
        error: 'WP_DOWNGRADE',
      });
      expect(snapshot(folder)).toEqual(before);
    }
  });

  it('older than what is installed is refused at load, though it is signed', async () => {
    const folder = path('exchanged-by-older');
    cpSync(path('installed'), folder, { recursive: true });
    for (const file of [FILE, 'acme.eq-1.0.0.plugin.zip']) {
      rmSync(join(folder, FILE), { force: true });
      cpSync(older, join(folder, file));
      const before = snapshot(folder);
      const [error] = await loadFrom(folder);
      expect(error?.code).toBe('WP_DOWNGRADE');
      expect(error?.message).toContain('it is "acme.eq" 1.0.0; the lock file has 1.1.0');
      expect(snapshot(folder)).toEqual(before);
      rmSync(join(folder, file));
    }
  });
});
