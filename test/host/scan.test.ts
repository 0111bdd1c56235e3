import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

  it('looks into folders whose names begin with "@"', async () => {
    write('@acme/eq', manifest('acme.eq'));
    write('@acme/@deep/no', manifest('acme.no'));
    write('plain/no', manifest('plain.no'));
    const host = createPluginHost();
    expect((await host.scan(folder)).added.map(({ id }) => id)).toEqual(['acme.eq']);
    await host.close();
  });

  it('sees what has changed and what is gone since', async () => {
    for (const name of ['a', 'b', 'c']) write(name, manifest(name));
    const host = createPluginHost();
    await host.scan(folder);
    await host.load('a');
    write('a', { ...manifest('a'), version: '2.0.0' });
    rmSync(join(folder, 'b'), { recursive: true });
    const told: string[] = [];
    host.on('removed', ({ plugin, version }) => told.push(`${plugin} ${version}`));
    const { added, removed, problems } = await host.scan(folder);
    expect(added.map(({ id }) => id)).toEqual(['a']);
    expect(removed.map(({ plugin, version }) => `${plugin} ${version}`)).toEqual(told);
    expect([told, problems]).toEqual([['b 1.0.0', 'a 1.0.0'], []]);
    expect(host.list().map(({ name, version, state }) => [name, version, state])).toEqual([
      ['a', '1.0.0', 'ready'],
      ['c', '1.0.0', 'registered'],
    ]);
    await host.unload('a');
    expect((await host.load('a')).version).toBe('2.0.0');
    await host.close();
  });

  it('sees a component that was replaced under the same version', async () => {
    write('a', manifest('a'));
    const host = createPluginHost();
    await host.scan(folder);
    writeFileSync(join(folder, 'a/plugin.wasm'), 'something else');
    expect((await host.scan(folder)).added.map(({ id }) => id)).toEqual(['a']);
    expect((await host.scan(folder)).added).toEqual([]);
    await host.close();
  });

  it('knows one place under two spellings', async () => {
    write('plugins/a', manifest('a'));
    const plugins = join(folder, 'plugins');
    const host = createPluginHost();
    const spellings = [plugins, relative(process.cwd(), plugins), `${plugins}/../plugins/`];
    const { added, problems } = await host.scan(...spellings);
    expect([added.length, problems]).toEqual([1, []]);
    expect(await host.scan(...spellings)).toMatchObject({ added: [], removed: [], problems: [] });
    await host.close();
  });
});
