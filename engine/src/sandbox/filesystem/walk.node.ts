import { GuestError } from '@wasm-plugin/abi';
import { lstatSync, type BigIntStats } from 'node:fs';
import { textArgument } from '../argument.js';
import { readTarget } from './decode-name.node.js';
import type { DirectoryHandle } from './directory-handle.node.js';
import { attempt } from './error-code.node.js';
import type { FileAccess } from './file-access.js';

/** Target of a path: an entry of a folder, which need not exist yet. */
export interface Place {
  folder: DirectoryHandle;
  /** One segment; `.` if the path leads to the folder itself. */
  name: string;
  /** Of the entry itself, not of a link's target. */
  stat: BigIntStats | undefined;
  /** True if the path ends in a slash or a dot, and so can only mean a folder. */
  asFolder: boolean;
}

/** Start of a walk. */
export interface WalkStart {
  folder: DirectoryHandle;
  access: FileAccess;
  /**
   * True to follow a link at the end. A path that ends in a slash is followed anyway, except for `never`: this is the system's
   * rule for making, moving and removing entries.
   */
  follow: boolean | 'never';
}

const MOST_LINKS = 40;
const MOST_PATH_CHARS = 4096;

/**
 * Walks a guest's path one segment at a time, each looked up in a folder that is open, and never through a link that the
 * system would follow: links are read and walked as part of the path. So nothing that changes meanwhile leads it out of where
 * it starts.
 * @throws {GuestError} the error code `not-permitted` for a path that leads out; it may not be absolute either
 */
export function walk<T>(path: string, start: WalkStart, use: (place: Place) => T): T {
  const { access, follow } = start;
  textArgument(path, 'path');
  if (path === '') throw new GuestError('no-entry');
  if (path.includes('\0')) throw new GuestError('illegal-byte-sequence');
  if (path.length > MOST_PATH_CHARS) throw new GuestError('name-too-long');
  if (isAbsolute(path)) throw access.escape(path);
  const opened: DirectoryHandle[] = [];
  let segments = path.split('/');
  let links = 0;
  try {
    for (;;) {
      const folder = opened.at(-1) ?? start.folder;
      const name = segments.shift();
      if (name === undefined) {
        const stat = attempt(() => lstatSync(folder.at('.'), { bigint: true }));
        return use({ folder, name: '.', stat, asFolder: true });
      }
      if (name === '' || name === '.') continue;
      if (name === '..') {
        if (opened.length === 0) throw access.escape(['..', ...segments].join('/'));
        opened.pop()?.close();
        continue;
      }
      refuseOddName(name);
      const asFolder = segments.length > 0;
      const isLast = segments.every((rest) => rest === '');
      const stat = attempt(() => lstatSync(folder.at(name), { bigint: true, throwIfNoEntry: false }));
      if (stat?.isSymbolicLink() === true && (!isLast || (follow !== 'never' && (follow || asFolder)))) {
        if (++links > MOST_LINKS) throw new GuestError('loop');
        const target = readTarget(folder.at(name));
        if (target === '') throw new GuestError('no-entry');
        if (isAbsolute(target)) throw access.escape(target);
        segments = [...target.split('/'), ...segments];
        if (segments.length > MOST_PATH_CHARS) throw new GuestError('name-too-long');
        continue;
      }
      if (isLast) {
        if (asFolder && stat?.isDirectory() === false && follow !== 'never')
          throw new GuestError('not-directory');
        return use({ folder, name, stat, asFolder });
      }
      if (stat === undefined) throw new GuestError('no-entry');
      if (!stat.isDirectory()) throw new GuestError('not-directory');
      opened.push(folder.open(name));
    }
  } finally {
    for (const folder of opened) folder.close();
  }
}

/** Returns whether a text could mean a path from a root: on Windows also with a drive or backslashes. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || (process.platform === 'win32' && /^(?:\\|[A-Za-z]:)/.test(path));
}

/** Returns whether a path has `..` in it. */
export function climbs(path: string): boolean {
  return path.split(process.platform === 'win32' ? /[\\/]/ : '/').includes('..');
}

/** Names that Windows takes for something else: another stream, a device, another name. */
const ODD_ON_WINDOWS = /[\\:*?"<>|]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function refuseOddName(name: string): void {
  if (process.platform === 'win32' && ODD_ON_WINDOWS.test(name)) throw new GuestError('invalid');
}
