import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeSync,
  type Stats,
} from 'node:fs';
import type { Call } from './call.js';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_TRUNC } = constants;

interface Opened {
  fd: number;
  reads: boolean;
  writes: boolean;
}

/**
 * Makes calls as the system has them, each by one function of Node's, with names looked up in open folders. For paths and links
 * that stay in the folder; on Linux.
 */
export class CallModel {
  readonly #open: (Opened | undefined)[];

  constructor(folder: string) {
    this.#open = [{ fd: openSync(folder, O_RDONLY | O_DIRECTORY), reads: true, writes: false }];
  }

  /** Returns a text as `CallPerformer` does, or `undefined` where the system refuses. */
  perform(call: Call): string | undefined {
    try {
      return this.#perform(call);
    } catch (error) {
      if (error instanceof Error && 'code' in error) return undefined;
      throw error;
    }
  }

  close(): void {
    for (const opened of this.#open.splice(0)) if (opened !== undefined) closeSync(opened.fd);
  }

  #perform([name = '', number = '', one = '', two = '', three = '', four = '']: Call): string {
    if (name === 'close') {
      const opened = this.#open[Number(number)];
      delete this.#open[Number(number)];
      if (opened !== undefined) closeSync(opened.fd);
      return 'ok';
    }
    const it = this.#at(number);
    const { fd } = it;
    const at = (path: string, of = fd): string => {
      if (path === '') throw refusal('ENOENT');
      if (!fstatSync(of).isDirectory()) throw refusal('ENOTDIR');
      return `/proc/self/fd/${of}/${path}`;
    };
    switch (name) {
      case 'open':
        return this.#openAt(at(two), { follow: one === 'follow', how: three, access: four });
      case 'stat':
        return describe(fstatSync(fd));
      case 'stat-at':
        return describe(one === 'follow' ? statSync(at(two)) : lstatSync(at(two)));
      case 'type':
        return kindOf(fstatSync(fd));
      case 'readlink':
        return readlinkSync(at(one));
      case 'read': {
        const bytes = read(it, Number(one), Number(two));
        return `${bytes} ${bytes === '' && one !== '0'}`;
      }
      case 'stream-read': {
        const bytes = read(it, Number(one), Number(two));
        if (bytes === '') throw refusal('EOF');
        return bytes;
      }
      case 'write':
        return String(writeSync(writable(it), one, Number(two)));
      case 'append':
        writeSync(writable(it), one, fstatSync(fd).size);
        return 'ok';
      case 'list':
        return readdirSync(at('.'), { withFileTypes: true })
          .map((entry) => `${entry.name}:${kindOf(entry)}`)
          .sort()
          .join(' ');
      case 'same': {
        const [first, second] = [fstatSync(fd), fstatSync(this.#at(one).fd)];
        return String(first.ino === second.ino && first.dev === second.dev);
      }
      case 'mkdir':
        mkdirSync(at(one));
        break;
      case 'rmdir':
        rmdirSync(at(one));
        break;
      case 'unlink':
        unlinkSync(at(one));
        break;
      case 'rename':
        renameSync(at(one), at(three, this.#at(two).fd));
        break;
      case 'link':
        linkSync(at(one), at(three, this.#at(two).fd));
        break;
      case 'symlink':
        symlinkSync(one, at(two));
        break;
      case 'set-size':
        ftruncateSync(writable(it), Number(one));
        break;
      case 'set-times':
        futimesSync(fd, 1, 1);
        break;
      case 'set-times-at':
        (one === 'follow' ? utimesSync : lutimesSync)(at(two), 1, 1);
        break;
      default:
        fsyncSync(fd);
    }
    return 'ok';
  }

  #openAt(path: string, { follow, how, access }: { follow: boolean; how: string; access: string }): string {
    const [create, exclusive, truncate, folder] = [...'cxtd'].map((letter) => how.includes(letter));
    if (folder === true && (create === true || exclusive === true || truncate === true))
      throw refusal('EINVAL');
    const writes = access.includes('w');
    const flags = [
      create === true ? O_CREAT : 0,
      create === true && exclusive === true ? O_EXCL : 0,
      truncate === true ? O_TRUNC : 0,
      folder === true ? O_DIRECTORY : 0,
      follow ? 0 : O_NOFOLLOW,
      writes || truncate === true ? O_RDWR : O_RDONLY,
    ];
    const fd = openSync(
      path,
      flags.reduce((all, flag) => all | flag, O_NONBLOCK),
    );
    return `descriptor ${this.#open.push({ fd, reads: access.includes('r') || !writes, writes }) - 1}`;
  }

  #at(number: string): Opened {
    const found = this.#open[Number(number)];
    if (found === undefined) throw refusal('EBADF');
    return found;
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function writable({ fd, writes }: Opened): number {
  if (!writes) throw refusal('EBADF');
  return fd;
}

function read({ fd, reads }: Opened, length: number, offset: number): string {
  if (!reads) throw refusal('EBADF');
  // To read nothing is no call of the system's.
  if (fstatSync(fd).isDirectory()) throw refusal('EISDIR');
  const bytes = Buffer.alloc(length);
  return bytes.toString('latin1', 0, readSync(fd, bytes, 0, length, offset));
}

function kindOf(entry: Pick<Stats, 'isDirectory' | 'isFile'>): string {
  return entry.isDirectory() ? 'directory' : entry.isFile() ? 'regular-file' : 'symbolic-link';
}

function describe(stat: Stats): string {
  return `${kindOf(stat)} ${stat.isDirectory() ? 0 : stat.size}`;
}
