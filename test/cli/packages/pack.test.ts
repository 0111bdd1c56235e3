import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPlugin } from '@wasm-plugin/abi/package';
import { describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from '../run-cli.js';
import { cliJson, errorOf, manifestOf, snapshot, writePlugin } from './packages.js';

const FOLDER = temporaryFolder();
const CARGO_LOCK = `version = 4

[[package]]
name = "eq"
version = "0.1.0"

[[package]]
name = "serde"
version = "1.0.228"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "9a8e94ea7f378bd32cbbd37198a4a91436180c5bb472411e48b5ec2e2124ae9e"
`;
const NPM_LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'eq' },
    'node_modules/@acme/dsp': { version: '2.1.0' },
    'node_modules/vitest': { version: '4.1.12', dev: true },
  },
});

interface Packed {
  file: string;
  sha256: string;
  files: string[];
}

const source = writePlugin(
  join(FOLDER, 'eq'),
  manifestOf('acme.eq', '1.2.0', { dependencies: { 'acme.base': '^1.0.0' } }),
  {
    'README.md': '# EQ',
    'LICENSES/MIT.txt': 'MIT',
    'src/lib.rs': 'fn main() {}',
    'presets/warm.json': '{}',
    'Cargo.lock': CARGO_LOCK,
    'package-lock.json': NPM_LOCK,
    '.secret': 'no',
  },
);

describe('wasm-plugin pack', () => {
  it('packs the manifest, what it runs, licences and a bill of materials, and nothing else', async () => {
    const { file, files, sha256 } = await cliJson<Packed>(['pack', source], { cwd: FOLDER });
    expect(file).toBe('acme.eq-1.2.0.plugin.zip');
    expect(files).toEqual([
      'LICENSE',
      'LICENSES/MIT.txt',
      'README.md',
      'SHA256SUMS',
      'plugin.json',
      'plugin.wasm',
      'sbom.cdx.json',
    ]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const opened = await openPlugin(join(FOLDER, file));
    expect(await opened.list()).toEqual(files);
  });

  it('gives the same bytes for the same files, whenever and wherever they were written', async () => {
    const first = await cliJson<Packed>(['pack', source, '-o', join(FOLDER, 'first.plugin.zip')], {
      env: { TZ: 'Asia/Tokyo' },
    });
    utimesSync(join(source, 'plugin.wasm'), 1, 1);
    const copy = writePlugin(
      join(FOLDER, 'elsewhere/copy'),
      manifestOf('acme.eq', '1.2.0', { dependencies: { 'acme.base': '^1.0.0' } }),
      {
        'README.md': '# EQ',
        'LICENSES/MIT.txt': 'MIT',
        'Cargo.lock': CARGO_LOCK,
        'package-lock.json': NPM_LOCK,
      },
    );
    const second = await cliJson<Packed>(['pack', copy, '-o', join(FOLDER, 'second.plugin.zip')], {
      env: { TZ: 'America/New_York' },
    });
    expect(second.sha256).toBe(first.sha256);
    expect(readFileSync(join(FOLDER, 'second.plugin.zip'))).toEqual(
      readFileSync(join(FOLDER, 'first.plugin.zip')),
    );
  });

  it('writes a CycloneDX bill with files, plugins and the packages of lock files', async () => {
    const { file } = await cliJson<Packed>(['pack', source], { cwd: FOLDER });
    const files = await openPlugin(join(FOLDER, file));
    const bom = JSON.parse(new TextDecoder().decode(await files.read('sbom.cdx.json'))) as {
      specVersion: string;
      metadata: { component: { components: { name: string; hashes: object[] }[]; licenses: object[] } };
      components: { name: string; version: string; purl?: string; hashes?: object[] }[];
    };
    expect(bom.specVersion).toBe('1.6');
    expect(bom.metadata.component.licenses).toEqual([{ license: { id: 'Apache-2.0' } }]);
    expect(bom.metadata.component.components.map(({ name }) => name)).toContain('plugin.wasm');
    expect(bom.components.map(({ name, version, purl }) => ({ name, version, purl }))).toEqual([
      { name: 'serde', version: '1.0.228', purl: 'pkg:cargo/serde@1.0.228' },
      { name: '@acme/dsp', version: '2.1.0', purl: 'pkg:npm/%40acme/dsp@2.1.0' },
      { name: 'acme.base', version: '^1.0.0', purl: undefined },
    ]);
  });

  it('packs what --include names', async () => {
    const { files } = await cliJson<Packed>([
      'pack',
      source,
      '-i',
      './presets/',
      '-o',
      join(FOLDER, 'more.plugin.zip'),
    ]);
    expect(files).toContain('presets/warm.json');
    expect(files).not.toContain('src/lib.rs');
  });

  it.each<[string, (folder: string) => string[], number, string, string?]>([
    ['no folder', () => ['nowhere'], 1, 'Cannot read the plugin "nowhere": there is no such folder'],
    [
      'no manifest',
      (folder) => (rmSync(join(folder, 'plugin.json')), [folder]),
      1,
      'it has no file "plugin.json"',
    ],
    [
      'not built',
      (folder) => (rmSync(join(folder, 'plugin.wasm')), [folder]),
      1,
      'it has no file "plugin.wasm", which its manifest runs',
      'Build it first: wasm-plugin build',
    ],
    [
      'a wrong --include',
      (folder) => [folder, '-i', 'presets\u001b[2J'],
      2,
      'it has no file or folder "presets\\u{1b}[2J"',
    ],
    ['a folder in the way', (folder) => [folder, '-o', folder], 1, 'it is a folder'],
  ])('refuses %s, and writes nothing', async (name, prepare, code, message, hint) => {
    const folder = join(FOLDER, name.replaceAll(' ', '-'));
    mkdirSync(folder, { recursive: true });
    const plugin = writePlugin(join(folder, 'plugin'), manifestOf('acme.eq', '1.0.0'));
    const args = prepare(plugin);
    const before = snapshot(folder);
    const result = await callCli(['pack', ...args], { cwd: folder });
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
    expect(errorOf(result)).toContain(message);
    expect(result.stderr).toContain(hint ?? '');
    expect(result.stderr).not.toMatch(/\bat .*\.js:/);
    expect(snapshot(folder)).toEqual(before);
  });

  it('refuses a manifest with a mistake, and says where', async () => {
    const folder = writePlugin(join(FOLDER, 'mistake'), manifestOf('acme.eq', 'one'));
    const { code, stderr } = await callCli(['pack', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain('$.version');
    writeFileSync(join(folder, 'plugin.json'), '{');
    expect((await callCli(['pack', folder])).stderr).toContain('Cannot read the manifest');
  });
});
