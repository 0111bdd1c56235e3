import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { directoryFiles, openPlugin, packFiles } from '@wasm-plugin/abi/package';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Makes a folder and a link out of the plugin of `lib`, by turns. */
const FLIP = `
  const { renameSync, statSync, symlinkSync, unlinkSync } = require('node:fs');
  const lib = folder + '/eq/lib';
  return () => {
    renameSync(lib, lib + '-kept');
    symlinkSync('../outside', lib);
    unlinkSync(lib);
    renameSync(lib + '-kept', lib);
    for (let at = 0; at < 40; at++) statSync(lib);
  };`;

/** Makes a file longer and longer. */
const GROW = `
  const { appendFileSync } = require('node:fs');
  return () => appendFileSync(folder + '/eq/lib/eq.wasm', 'x');`;

/** Does something again and again in a thread of its own, until it is stopped. */
async function meanwhile(body: string, within: string): Promise<() => Promise<void>> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { parentPort, workerData: { folder, stop } } = require('node:worker_threads');
     const act = ((folder) => {${body}})(folder);
     parentPort.postMessage('ready');
     while (Atomics.load(stop, 0) === 0) act();`,
    { eval: true, workerData: { folder: within, stop } },
  );
  await once(worker, 'message');
  return async () => {
    Atomics.store(stop, 0, 1);
    await once(worker, 'exit');
  };
}

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

describe('directoryFiles() in a folder that changes', () => {
  it('never reads what a link leads to that is put in place of a folder', async () => {
    mkdirSync(join(folder, 'outside'));
    writeFileSync(join(folder, 'outside/eq.wasm'), 'secret');
    const stop = await meanwhile(FLIP, folder);
    const files = directoryFiles(join(folder, 'eq'));
    const found = new Set<string>();
    for (let at = 0; at < 2000; at++) {
      const content = files.read('lib/eq.wasm').then((bytes) => new TextDecoder().decode(bytes));
      found.add(await content.catch(({ code }: { code: string }) => code));
    }
    await stop();
    expect([...found].sort()).toEqual(expect.arrayContaining(['wasm']));
    expect([...found].filter((each) => each !== 'wasm' && each !== 'WP_PACKAGE')).toEqual([]);
  });

  it('refuses a file that grows while it is read', async () => {
    writeFileSync(join(folder, 'eq/lib/eq.wasm'), new Uint8Array(2 ** 20));
    const stop = await meanwhile(GROW, folder);
    const files = directoryFiles(join(folder, 'eq'));
    let reason: unknown;
    while (reason === undefined) reason = await files.read('lib/eq.wasm').then(() => undefined, String);
    await stop();
    expect(reason).toContain('"lib/eq.wasm" changed while it was read');
  });

  it('says so where a file, or all of it, is gone since it was listed', async () => {
    const files = directoryFiles(join(folder, 'eq'));
    expect(await files.list()).toContain('lib/eq.wasm');
    rmSync(join(folder, 'eq/lib'), { recursive: true });
    await expect(files.read('lib/eq.wasm')).rejects.toThrow('it has no file "lib/eq.wasm"');
    rmSync(join(folder, 'eq'), { recursive: true });
    await expect(files.read('plugin.json')).rejects.toThrow('there is no such folder');
    await expect(files.list()).rejects.toThrow('there is no such folder');
  });

  it('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'eq/pipe')]);
    const files = directoryFiles(join(folder, 'eq'));
    await expect(files.read('pipe')).rejects.toThrow('"pipe" cannot be read: it is no file');
    await expect(openPlugin(join(folder, 'eq/pipe'))).rejects.toThrow('it is neither a file nor a folder');
    expect(await files.list()).not.toContain('pipe');
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
