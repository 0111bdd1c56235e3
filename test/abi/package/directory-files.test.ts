import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryFiles, openPlugin, packFiles } from '@wasm-plugin/abi/package';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-files-'));
  mkdirSync(join(folder, 'eq/lib'), { recursive: true });
  mkdirSync(join(folder, 'eq/.git'));
  writeFileSync(join(folder, 'secret'), 'secret');
  writeFileSync(join(folder, 'eq/plugin.json'), '{}');
  writeFileSync(join(folder, 'eq/lib/eq.wasm'), 'wasm');
  writeFileSync(join(folder, 'eq/.git/config'), 'x');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('directoryFiles()', () => {
  it('lists and reads files, and says where they lie', async () => {
    const files = directoryFiles(join(folder, 'eq'));
    expect(await files.list()).toEqual(['lib/eq.wasm', 'plugin.json']);
    expect(new TextDecoder().decode(await files.read('lib/eq.wasm'))).toBe('wasm');
    expect(await files.locate?.('lib/eq.wasm')).toMatch(/eq\.wasm$/);
  });

  it('refuses paths and links that lead out, and files that are not there', async () => {
    const files = directoryFiles(join(folder, 'eq'));
    symlinkSync('../secret', join(folder, 'eq/link'));
    symlinkSync('..', join(folder, 'eq/up'));
    symlinkSync('lib/eq.wasm', join(folder, 'eq/inner'));
    await expect(files.read('../secret')).rejects.toThrow('without ".."');
    await expect(files.read('link')).rejects.toThrow('is a link that leads out of the plugin');
    await expect(files.read('up/secret')).rejects.toThrow('is a link that leads out of the plugin');
    await expect(files.read('nothing')).rejects.toThrow('it has no file "nothing"');
    await expect(files.read('lib')).rejects.toThrow('"lib" cannot be read');
    expect(await files.read('inner')).toHaveLength(4);
    await expect(directoryFiles(join(folder, 'no')).read('x')).rejects.toThrow('there is no such folder');
  });
});

describe('openPlugin()', () => {
  it('opens a folder and what was packed of it alike', async () => {
    const inFolder = await openPlugin(join(folder, 'eq'));
    writeFileSync(join(folder, 'eq.plugin.zip'), await packFiles(inFolder));
    const inPack = await openPlugin(join(folder, 'eq.plugin.zip'));
    expect(await inPack.list()).toEqual(await inFolder.list());
    for (const path of await inFolder.list())
      expect(await inPack.read(path)).toEqual(await inFolder.read(path));
  });

  it('refuses a path where nothing is', async () => {
    await expect(openPlugin(join(folder, 'no'))).rejects.toThrow(
      expect.objectContaining({ code: 'WP_PACKAGE' }),
    );
  });
});
