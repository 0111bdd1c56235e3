import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import { WatchedTree } from '#internals';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
let watcher: FSWatcher;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-tree-'));
  await mkdir(join(folder, 'plugin/src'), { recursive: true });
  await writeFile(join(folder, 'plugin/src/a'), '0');
  await cp(join(folder, 'plugin'), join(folder, 'copy'), { recursive: true });
});

afterEach(async () => {
  await watcher.close();
  await rm(folder, { recursive: true, force: true });
});

async function watched(path: string): Promise<WatchedTree> {
  watcher = watch(path);
  const tree = new WatchedTree(path, watcher);
  await tree.begin();
  expect(await tree.isLost()).toBe(false);
  return tree;
}

describe('WatchedTree', () => {
  it('is not lost by new, changed and removed files and folders', async () => {
    const tree = await watched(join(folder, 'plugin'));
    const added = once(watcher, 'addDir');
    await mkdir(join(folder, 'plugin/more'));
    await added;
    expect(await tree.isLost()).toBe(false);
    const gone = once(watcher, 'unlinkDir');
    await rm(join(folder, 'plugin/src'), { recursive: true });
    await gone;
    expect(await tree.isLost()).toBe(false);
  });

  it('is lost if a folder was removed and made again before anybody looked', async () => {
    const tree = await watched(join(folder, 'plugin'));
    await rm(join(folder, 'plugin'), { recursive: true });
    await cp(join(folder, 'copy'), join(folder, 'plugin'), { recursive: true });
    expect(await tree.isLost()).toBe(true);
  });

  it('is lost if a folder below it was removed and made again before anybody looked', async () => {
    const tree = await watched(join(folder, 'plugin'));
    const stirred = once(watcher, 'raw');
    const again = once(watcher, 'addDir');
    await rm(join(folder, 'plugin/src'), { recursive: true });
    await cp(join(folder, 'copy/src'), join(folder, 'plugin/src'), { recursive: true });
    await stirred;
    // chokidar itself may have been fast enough.
    if (!(await tree.isLost())) await again;
  });

  it('is lost if a folder is back after it was seen to be gone, and is the same one', async () => {
    const [path, away] = [join(folder, 'plugin'), join(folder, 'away')];
    const tree = await watched(path);
    const gone = new Promise<void>((resolve) => {
      watcher.on('unlinkDir', (found) => found === path && resolve());
    });
    await rename(path, away);
    await gone;
    expect(await tree.isLost()).toBe(false);
    await rename(away, path);
    expect(await tree.isLost()).toBe(true);
  });

  it('is lost if a link leads to another folder', async () => {
    await symlink(join(folder, 'plugin'), join(folder, 'link'));
    const tree = await watched(join(folder, 'link'));
    await rename(join(folder, 'plugin'), join(folder, 'away'));
    await rename(join(folder, 'copy'), join(folder, 'plugin'));
    expect(await tree.isLost()).toBe(true);
  });

  it('watches a file that is made later', async () => {
    const path = join(folder, 'later');
    const tree = await watched(path);
    await writeFile(path, '');
    expect(await tree.isLost()).toBe(true);
  });
});
