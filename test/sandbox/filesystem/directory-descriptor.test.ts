import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@wasm-plugin/engine/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallPerformer } from '../../wasi-calls/index.js';
import { playground, type Playground } from '../support.js';

let place: Playground;
let sandbox: Sandbox;
let calls: CallPerformer;

beforeEach(() => {
  place = playground();
  sandbox = createSandbox({ permissions: ['fs:.'], grants: ['fs:.'], folder: place.open });
  calls = new CallPerformer(sandbox);
});

afterEach(() => {
  calls.close();
  sandbox.close();
  place.remove();
});

/** Makes calls, written with spaces between their words, and returns the result of each. */
function results(...lines: string[]): string[] {
  return lines.map((line) => calls.perform(line.split(' ')));
}

function preopensOf({ imports }: Sandbox): Folder[] {
  const preopens = imports['wasi:filesystem/preopens@0.2.0'] as { getDirectories(): [Folder, string][] };
  return preopens.getDirectories().map(([folder]) => folder);
}

describe('a folder', () => {
  it('can be synced and given times, and says what files can do and it cannot', () => {
    expect(results('sync 0', 'sync-data 0', 'set-times 0 5.0 6.0')).toEqual(['ok', 'ok', 'ok']);
    expect(lstatSync(place.open).mtimeMs).toBe(6000);
    expect(results('read 0 1 0', 'stream-read 0 1 0', 'write 0 x 0', 'append 0 x', 'set-size 0 1')).toEqual([
      '<is-directory>',
      '<is-directory>',
      '<bad-descriptor>',
      '<bad-descriptor>',
      '<bad-descriptor>',
    ]);
  });

  it('has no file that is a folder: each call for folders says so', () => {
    results('open 0 keep a.txt  r');
    const words = ['stat-at 1 keep x', 'mkdir 1 x', 'unlink 1 x', 'rmdir 1 x', 'readlink 1 x', 'list 1'];
    expect(results(...words, 'symlink 1 a x', 'rename 1 x 0 y', 'link 1 x 0 y keep')).toEqual(
      Array.from({ length: 9 }, () => '<not-directory>'),
    );
  });

  it('leaves out names that are not UTF-8, of which a guest could only be told another', () => {
    const folder = join(place.open, 'names');
    mkdirSync(folder);
    for (const bytes of ['ok', [0xff], [0x61, 0xfe], [0x61, 0xfd], 'ü'])
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(bytes as string)]), '');
    symlinkSync(Buffer.from([0xff]), join(folder, 'link'));
    results('open 0 keep names d r');
    expect(results('list 1')).toEqual(['link:symbolic-link ok:regular-file ü:regular-file']);
    expect(results('readlink 1 link', 'stat-at 1 follow link')).toEqual([
      '<illegal-byte-sequence>',
      '<illegal-byte-sequence>',
    ]);
  });
});

describe('open-at with create', () => {
  it('and exclusive does not follow a link', () => {
    symlinkSync('missing', join(place.open, 'dangling'));
    expect(
      results('open 0 follow dangling cx rw', 'open 0 follow loop cx rw', 'open 0 follow outer-link cx rw'),
    ).toEqual(['<exist>', '<exist>', '<exist>']);
    expect(readdirSync(place.open)).not.toContain('missing');
  });

  it('makes and opens no folder', () => {
    expect(
      results(
        'open 0 follow new/ c rw',
        'open 0 follow sub/ cx rw',
        'open 0 follow sub c r',
        'open 0 keep x cd r',
      ),
    ).toEqual(['<is-directory>', '<is-directory>', '<is-directory>', '<invalid>']);
  });
});

describe('a path with a slash at its end', () => {
  it('is none to move, link or make a file at', () => {
    expect(
      results('rename 0 a.txt 0 b/', 'link 0 a.txt 0 b/ keep', 'symlink 0 a.txt b/', 'unlink 0 a.txt/'),
    ).toEqual(['<not-directory>', '<no-entry>', '<no-entry>', '<not-directory>']);
    expect(results('mkdir 0 made/', 'rename 0 made/ 0 moved/', 'rmdir 0 moved/')).toEqual(['ok', 'ok', 'ok']);
  });

  it('does not make, move or remove what a link leads to', () => {
    symlinkSync('missing', join(place.open, 'dangling'));
    symlinkSync('sub', join(place.open, 'to-sub'));
    expect(
      results('mkdir 0 dangling/', 'rmdir 0 to-sub/', 'rename 0 to-sub/ 0 x', 'unlink 0 to-sub/'),
    ).toEqual(['<exist>', '<not-directory>', '<not-directory>', '<not-directory>']);
    expect(results('stat-at 0 keep to-sub/')).toEqual(['directory 0']);
  });
});

describe('times', () => {
  it.each([-157_766_400_500_000_000n, 1_500_000_000_123_456_000n])('that are not changed stay: %s', (ns) => {
    const file = join(place.open, 'a.txt');
    utimesSync(file, `${Number(ns) / 1e9}`, `${Number(ns) / 1e9}`);
    const before = lstatSync(file, { bigint: true }).mtimeNs;
    results('set-times-at 0 keep a.txt 1000000000.0 keep');
    const { mtimeNs, atimeNs } = lstatSync(file, { bigint: true });
    expect(mtimeNs / 1000n).toBe(before / 1000n);
    expect(atimeNs).toBe(1_000_000_000_000_000_000n);
  });

  it('are set to a microsecond, and never to later than asked', () => {
    const file = join(place.open, 'a.txt');
    for (const nanoseconds of [0, 1, 999, 123_456_789, 987_654_321, 999_999_999]) {
      results(`set-times-at 0 keep a.txt 1700000000.${nanoseconds} 1700000000.${nanoseconds}`);
      const asked = 1_700_000_000_000_000_000n + BigInt(nanoseconds);
      const late = asked - lstatSync(file, { bigint: true }).mtimeNs;
      expect(late >= 0n && late < 1000n).toBe(true);
    }
    expect(results('set-times-at 0 keep a.txt 1.1000000000 now')).toEqual(['<invalid>']);
  });
});

describe('a link', () => {
  it('with ".." is made nowhere: through a link it would lead further than it seems', () => {
    symlinkSync('.', join(place.open, 'l'));
    const tries = [
      'symlink 0 ../../secret.txt l/l/l/a',
      'symlink 0 l/l/../../secret.txt b',
      'symlink 0 ../a.txt sub/c',
      'symlink 0 .. d',
    ];
    expect(results(...tries)).toEqual(tries.map(() => '<not-permitted>'));
    expect(sandbox.denials).not.toEqual([]);
  });

  it('with ".." that was there is not moved or linked to where it leads elsewhere', () => {
    expect(results('rename 0 sub/up-link 0 up', 'link 0 sub/up-link 0 up keep')).toEqual([
      '<not-permitted>',
      '<not-permitted>',
    ]);
    expect(results('rename 0 sub/up-link 0 sub/up', 'rename 0 inner-link 0 sub/inner')).toEqual(['ok', 'ok']);
  });

  it('may have two names', () => {
    expect(results('link 0 inner-link 0 second keep', 'readlink 0 second')).toEqual(['ok', 'sub/b.txt']);
  });
});

describe('rename-at', () => {
  it('to a place outside is refused as anything else there is', () => {
    const narrow = createSandbox({ permissions: ['fs:sub'], grants: ['fs:sub'], folder: place.open });
    const [own, denied] = preopensOf(narrow) as [Folder, Folder];
    expect(() => own.renameAt('b.txt', denied, 'tmp/taken')).toThrow('access');
    expect(narrow.denials.map(({ capability }) => capability)).toEqual(['fs:/tmp/taken']);
    narrow.close();
  });
});

describe('write-zeroes', () => {
  it('writes as many as it is asked for', () => {
    const [, folder] = preopensOf(sandbox) as [Folder, Folder];
    const stream = folder.openAt({}, 'zeroes', { create: true }, { write: true }).writeViaStream(0n);
    stream.writeZeroes(100_000n);
    stream.blockingWriteZeroesAndFlush(200_000n);
    expect(readFileSync(join(place.open, 'zeroes'))).toHaveLength(300_000);
    expect(() => stream.writeZeroes(2n ** 40n)).toThrow('"hostBytes" of 16777216 bytes');
  });
});

interface Folder {
  renameAt(from: string, to: unknown, path: string): void;
  openAt(
    path: object,
    name: string,
    open: object,
    flags: object,
  ): {
    writeViaStream(offset: bigint): {
      writeZeroes(length: bigint): void;
      blockingWriteZeroesAndFlush(length: bigint): void;
    };
  };
}

it('a pipe in a folder is listed, and not opened', () => {
  execFileSync('mkfifo', [join(place.open, 'sub', 'pipe')]);
  expect(results('open 0 keep sub/pipe  r', 'stat-at 0 keep sub/pipe')).toEqual([
    '<not-permitted>',
    'fifo 0',
  ]);
});
