import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playground, start, type Playground } from '../support.js';

/** Makes `flip` a folder and a link out of the granted one by turns. */
const FLIPPER = `
const { renameSync, statSync, symlinkSync, unlinkSync } = require('node:fs');
const { parentPort, workerData: { open, stop } } = require('node:worker_threads');
parentPort.postMessage('ready');
while (Atomics.load(stop, 0) === 0) {
  renameSync(open + '/flip', open + '/kept');
  symlinkSync('..', open + '/flip');
  unlinkSync(open + '/flip');
  renameSync(open + '/kept', open + '/flip');
  // Longer as a folder than not, or a guest would hardly ever get through.
  for (let at = 0; at < 40; at++) statSync(open);
}
`;

let place: Playground;

beforeEach(() => (place = playground()));
afterEach(() => place.remove());

const REFUSED = /^(?:Operation not permitted|Permission denied)/;

describe('a guest with a granted folder', () => {
  it('reads, writes, lists and changes what is in it', async () => {
    const { open } = place;
    const { attempt } = await start('probe', { grants: [`fs:${open}`] });
    const at = (name: string): string => join(open, name);
    expect(attempt('read', at('a.txt')).value).toBe('hello');
    expect(attempt('read', at('sub/../a.txt')).value).toBe('hello');
    expect(attempt('read', at('inner-link')).value).toBe('below');
    expect(attempt('read', at('sub/up-link')).value).toBe('hello');
    expect(attempt('tail', at('a.txt'), '2').value).toBe('llo');
    expect(attempt('write', at('new.txt'), 'one').value).toBe('done');
    expect(attempt('append', at('new.txt'), ' two').value).toBe('done');
    expect(readFileSync(at('new.txt'), 'utf8')).toBe('one two');
    expect(attempt('stat', at('new.txt')).value).toBe('file of 7 bytes');
    expect(attempt('lstat', at('inner-link')).value).toBe('link of 9 bytes');
    expect(attempt('readlink', at('inner-link')).value).toBe('sub/b.txt');
    expect(attempt('mkdir', at('made')).value).toBe('done');
    expect(attempt('rename', at('new.txt'), at('made/moved.txt')).value).toBe('done');
    expect(attempt('link', at('a.txt'), at('made/linked')).value).toBe('done');
    expect(attempt('symlink', 'linked', at('made/soft')).value).toBe('done');
    expect(attempt('list', at('made')).value).toBe('linked moved.txt soft');
    for (const name of ['linked', 'moved.txt', 'soft'])
      expect(attempt('remove', at(`made/${name}`)).value).toBe('done');
    expect(attempt('rmdir', at('made')).value).toBe('done');
    expect(existsSync(at('made'))).toBe(false);
    expect(attempt('read', at('none')).failure).toMatch(/No such file/);
    expect(attempt('read', at('loop')).failure).toMatch(/symbolic link|loop/i);
    expect(attempt('read', at('none')).denials).toEqual([]);
  });

  it('may not change it where the grant is only for reading', async () => {
    const { open } = place;
    const { attempt } = await start('probe', { permissions: [`fs:${open}`], grants: [`fs:${open}:ro`] });
    expect(attempt('read', join(open, 'a.txt')).value).toBe('hello');
    for (const words of [
      ['write', join(open, 'a.txt'), 'x'],
      ['write', join(open, 'new.txt'), 'x'],
      ['append', join(open, 'a.txt'), 'x'],
      ['mkdir', join(open, 'made')],
      ['remove', join(open, 'a.txt')],
      ['rename', join(open, 'a.txt'), join(open, 'c.txt')],
      ['link', join(open, 'a.txt'), join(open, 'c.txt')],
      ['symlink', 'a.txt', join(open, 'c.txt')],
    ]) {
      expect(attempt(...words)).toMatchObject({
        failure: expect.stringMatching(/Read-only|read-only/) as string,
        denials: [`fs:${open} host`],
      });
    }
    expect(readFileSync(join(open, 'a.txt'), 'utf8')).toBe('hello');
  });

  it('reaches what manifest and host have in common', async () => {
    const { open } = place;
    const { attempt } = await start('probe', { permissions: [`fs:${open}`], grants: [`fs:${open}/sub`] });
    expect(attempt('read', join(open, 'sub/b.txt')).value).toBe('below');
    expect(attempt('read', join(open, 'a.txt'))).toMatchObject({ denials: [`fs:${open}/a.txt:ro host`] });
    expect(attempt('read', join(open, 'sub/up-link')).failure).toMatch(REFUSED);
  });

  it('reaches one file where only that is granted', async () => {
    const { open } = place;
    const { attempt } = await start('probe', { grants: [`fs:${open}/a.txt:ro`] });
    expect(attempt('read', join(open, 'a.txt')).value).toBe('hello');
    expect(attempt('list', open).value).toBe('a.txt');
    expect(attempt('read', join(open, 'sub/b.txt')).failure).toMatch(REFUSED);
    expect(attempt('write', join(open, 'a.txt'), 'x').failure).toMatch(/read-only/i);
  });

  it('reaches its own folder by relative paths', async () => {
    const { attempt } = await start('probe', { grants: ['fs:sub:ro'], folder: place.open });
    expect(attempt('read', 'sub/b.txt').value).toBe('below');
    expect(attempt('read', 'a.txt').failure).toMatch(REFUSED);
  });

  it('reaches the whole of its own folder', async () => {
    const { attempt } = await start('probe', { grants: ['fs:.'], folder: place.open });
    expect(attempt('read', 'a.txt').value).toBe('hello');
    expect(attempt('read', './sub/b.txt').value).toBe('below');
    expect(attempt('write', 'new.txt', 'x').value).toBe('done');
    expect(attempt('list', 'sub').value).toBe('b.txt up-link');
  });

  it('reaches a folder of the host under another path', async () => {
    const { open, root } = place;
    let grants = [`fs:${open}::/data`];
    const { attempt } = await start('probe', { permissions: ['fs:/data/sub'], grants: () => grants });
    expect(attempt('read', '/data/sub/b.txt').value).toBe('below');
    expect(attempt('write', '/data/sub/new.txt', 'x').value).toBe('done');
    expect(readFileSync(join(open, 'sub/new.txt'), 'utf8')).toBe('x');
    expect(attempt('read', `${open}/sub/b.txt`).failure).toMatch(REFUSED);
    grants = [`fs:${root}::/data`];
    expect(attempt('read', '/data/sub/b.txt').failure).toMatch(REFUSED);
  });

  it('finds nothing above it, and goes on, as libraries do that look at each folder of a path', async () => {
    const { open, root } = place;
    const { attempt } = await start('probe', { grants: [`fs:${open}`] });
    for (const path of ['/', root, join(open, '..')]) {
      expect(attempt('lstat', path).failure).toMatch(/No such file|not permitted/);
      expect(attempt('readlink', path).failure).toMatch(/No such file|not permitted/);
    }
    expect(attempt('lstat', root)).toMatchObject({
      failure: expect.stringMatching(/No such file/) as string,
    });
    expect(attempt('lstat', `${root}-other`).failure).toMatch(REFUSED);
  });

  it('loses it when the grant is taken back, also for what is open', async () => {
    let grants = [`fs:${place.open}`];
    const { attempt } = await start('probe', { permissions: grants, grants: () => grants });
    expect(attempt('read', join(place.open, 'a.txt')).value).toBe('hello');
    grants = [];
    expect(attempt('read', join(place.open, 'a.txt')).failure).toMatch(REFUSED);
  });

  it('may not hold more files open than it may', async () => {
    const { attempt } = await start('probe', { grants: [`fs:${place.open}`], openFiles: 20 });
    expect(attempt('hold', join(place.open, 'a.txt'), '15').value).toBe('15');
    expect(attempt('hold', join(place.open, 'a.txt'), '15').value).toBe('15');
    expect(attempt('hold', join(place.open, 'a.txt'), '25').failure).toMatch(/quota/i);
  });

  it('opens no pipe or device', async () => {
    execFileSync('mkfifo', [join(place.open, 'pipe')]);
    const { attempt } = await start('probe', { grants: [`fs:${place.open}`, 'fs:/dev:ro'] });
    expect(attempt('read', join(place.open, 'pipe')).failure).toMatch(/not permitted/);
    expect(attempt('read', '/dev/zero').failure).toMatch(/not permitted/);
  });

  it('closes its files when it ends', async () => {
    const { attempt, instance } = await start('probe', { grants: [`fs:${place.open}`] });
    attempt('read', join(place.open, 'a.txt'));
    expect(openBelow(place)).toBe(1);
    instance.close();
    expect(openBelow(place)).toBe(0);
  });
});

describe('a path that leads out of a granted folder', () => {
  it.each([
    ['..', '../secret.txt'],
    ['.. behind a folder', 'sub/../../secret.txt'],
    ['a link', 'outer-link'],
    ['an absolute link', 'absolute-link'],
    ['a link to a folder', 'folder-link/secret.txt'],
    ['a link behind a folder', 'sub/../folder-link/secret.txt'],
    ['a link with a slash', 'folder-link/'],
  ])('is refused: %s', async (_name, path) => {
    const { attempt } = await start('probe', { grants: [`fs:${place.open}`] });
    for (const verb of ['read', 'stat', 'list']) {
      const { failure, state, denials } = attempt(verb, `${place.open}/${path}`);
      expect(failure).toMatch(REFUSED);
      expect(state).toBe('ready');
      expect(denials[0]).toMatch(/^fs:.* manifest$/);
    }
    const { failure } = attempt('write', `${place.open}/${path}`, 'x');
    expect(failure).toMatch(/^(?:Operation not permitted|Permission denied|Is a directory)/);
    expect(readFileSync(join(place.root, 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('is refused for what makes, moves and removes', async () => {
    const { open, root } = place;
    const { attempt } = await start('probe', { grants: [`fs:${open}`] });
    for (const words of [
      ['mkdir', `${open}/../made`],
      ['mkdir', `${open}/folder-link/made`],
      ['remove', `${open}/folder-link/secret.txt`],
      ['rename', `${open}/folder-link/secret.txt`, `${open}/mine`],
      ['rename', `${open}/a.txt`, `${open}/folder-link/b.txt`],
      ['link', `${open}/folder-link/secret.txt`, `${open}/mine`],
      ['readlink', `${open}/absolute-link`],
    ]) {
      expect(attempt(...words).failure).toMatch(REFUSED);
    }
    expect(readFileSync(join(root, 'secret.txt'), 'utf8')).toBe('secret');
    expect(existsSync(join(open, 'mine'))).toBe(false);
  });

  it('names the capability, and the manifest that does not ask for it', async () => {
    const { attempt } = await start('probe', { grants: [`fs:${place.open}`] });
    expect(attempt('read', '/etc/passwd').denials).toEqual(['fs:/etc/passwd:ro manifest']);
  });

  it.each(['/etc/passwd', '../../secret.txt', '../secret.txt', 'sub/../../secret.txt', 'sub/../a.txt'])(
    'is no target for a link: %s',
    async (target) => {
      const { attempt } = await start('probe', { grants: [`fs:${place.open}`] });
      expect(attempt('symlink', target, `${place.open}/planted`).failure).toBe('not-permitted');
      expect(existsSync(join(place.open, 'planted'))).toBe(false);
    },
  );

  it('removes a link itself, never what it leads to', async () => {
    const { attempt } = await start('probe', { grants: [`fs:${place.open}`] });
    expect(attempt('remove', join(place.open, 'outer-link')).value).toBe('done');
    expect(lstatSync(join(place.open, 'outer-link'), { throwIfNoEntry: false })).toBeUndefined();
    expect(readFileSync(join(place.root, 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('is not reached by a race between a folder and a link', async () => {
    const { open, root } = place;
    mkdirSync(join(open, 'flip'));
    writeFileSync(join(open, 'flip', 'secret.txt'), 'inner');
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const flipper = new Worker(FLIPPER, { eval: true, workerData: { open, stop } });
    await once(flipper, 'message');
    const { attempt } = await start('probe', { grants: [`fs:${open}`] });
    const found = new Set<string>();
    for (let at = 0; at < 3000; at++) {
      const { value, failure } = attempt('read', join(open, 'flip/secret.txt'));
      found.add(value ?? failure?.replace(/ \(.*/, '') ?? '');
    }
    Atomics.store(stop, 0, 1);
    await once(flipper, 'exit');
    expect([...found].filter((each) => each === 'inner' || !REFUSED.test(each)).sort()).not.toContain(
      'secret',
    );
    expect(found).toContain('inner');
    expect(readFileSync(join(root, 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('does not follow the folder that is moved away and replaced by a link', async () => {
    const { open, root } = place;
    mkdirSync(join(root, 'elsewhere'));
    writeFileSync(join(root, 'elsewhere', 'a.txt'), 'stolen');
    const { attempt } = await start('probe', { grants: [`fs:${open}`] });
    expect(attempt('read', join(open, 'a.txt')).value).toBe('hello');
    renameSync(open, join(root, 'moved'));
    symlinkSync('elsewhere', open);
    expect(readlinkSync(open)).toBe('elsewhere');
    expect(attempt('read', join(open, 'a.txt')).value).toBe('hello');
  });
});

/** Returns the number of files below the playground that this process has open. */
function openBelow({ root }: Playground): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(root);
    } catch {
      return false;
    }
  }).length;
}
