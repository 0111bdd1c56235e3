import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryFiles, packFiles } from '@wasm-plugin/abi/package';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY } from './components.js';

let folder: string;

function write(name: string, manifest: string | object): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, name, 'plugin.json'),
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  );
  writeFileSync(join(folder, name, 'plugin.wasm'), EMPTY);
}

const manifest = (id: string): object => ({
  id,
  name: id,
  version: '1.0.0',
  world: 'acme:a/b',
  entry: 'plugin.wasm',
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-scan-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('scan()', () => {
  it('finds folders and packed plugins, and skips what is hidden or no plugin', async () => {
    for (const name of ['one', '.hidden', '_off']) write(name, manifest(name.replace(/^[._]/, '')));
    write('source', manifest('packed'));
    writeFileSync(join(folder, 'packed.plugin.zip'), await packFiles(directoryFiles(join(folder, 'source'))));
    rmSync(join(folder, 'source'), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'notes.txt'), 'x');
    const host = createPluginHost();
    const { added, problems } = await host.scan(folder);
    expect(added.map(({ id }) => id)).toEqual(['one', 'packed']);
    expect(problems).toEqual([]);
    const { loaded } = await host.loadAll();
    expect(loaded.map(({ state }) => state)).toEqual(['ready', 'ready']);
    expect((await host.scan(folder)).added).toEqual([]);
    await host.close();
  });

  it('reports what is broken, and goes on', async () => {
    write('a-bad', '{ "id": 7 }');
    write('b-text', 'oops');
    write('c-good', manifest('good'));
    write('d-twin', manifest('good'));
    writeFileSync(join(folder, 'e.plugin.zip'), 'no zip');
    const host = createPluginHost();
    const told: string[] = [];
    host.on('problem', ({ source }) => told.push(source));
    const { added, problems } = await host.scan(folder, join(folder, 'nowhere'));
    expect(added.map(({ id }) => id)).toEqual(['good']);
    expect(
      problems.map(({ source, error }) => [
        source.slice(folder.length + 1),
        (error as { code: string }).code,
      ]),
    ).toEqual([
      ['a-bad', 'WP_MANIFEST'],
      ['b-text', 'WP_MANIFEST'],
      ['d-twin', 'WP_DUPLICATE'],
      ['e.plugin.zip', 'WP_PACKAGE'],
      ['nowhere', 'ENOENT'],
    ]);
    expect(told).toHaveLength(5);
    await host.close();
  });
});
