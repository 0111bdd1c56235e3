import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileAccess } from '../../../engine/src/sandbox/filesystem/file-access.js';
import { FileDescriptor } from '../../../engine/src/sandbox/filesystem/file-descriptor.node.js';
import { OpenFiles } from '../../../engine/src/sandbox/filesystem/open-files.node.js';
import { HOST_ONLY } from '../../../engine/src/sandbox/host-only.js';

const ALL = {
  demandRead: () => undefined,
  demandWrite: () => undefined,
  charge: () => undefined,
} as unknown as FileAccess;

let folder: string;
let path: string;
let files: OpenFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-descriptor-'));
  path = join(folder, 'a.txt');
  writeFileSync(path, 'hello');
  files = new OpenFiles(10);
});
afterEach(() => {
  files.close();
  rmSync(folder, { recursive: true });
});

function open({ reads = true, writes = true } = {}): FileDescriptor {
  const file = files.hold(() => openSync(path, 'r+'), closeSync);
  return new FileDescriptor(HOST_ONLY, { file, access: ALL, reads, writes });
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('FileDescriptor.read()', () => {
  it('returns the bytes from an offset, and says at the end that it is the end', () => {
    const file = open();
    const read = (length: bigint, offset: bigint) => {
      const [bytes, ended] = file.read(length, offset);
      return [text(bytes), ended];
    };
    expect(read(3n, 1n)).toEqual(['ell', false]);
    expect(read(100n, 3n)).toEqual(['lo', false]);
    expect(read(1n, 5n)).toEqual(['', true]);
    expect(read(0n, 5n)).toEqual(['', false]);
  });

  it('is refused where it was not opened for that', () => {
    expect(() => open({ reads: false }).read(1n, 0n)).toThrow(
      expect.objectContaining({ payload: 'bad-descriptor' }),
    );
    expect(() => open({ writes: false }).write(new Uint8Array(1), 0n)).toThrow(
      expect.objectContaining({ payload: 'bad-descriptor' }),
    );
  });
});

describe('the streams of a FileDescriptor', () => {
  it('go on where they stopped, each by itself', () => {
    const file = open();
    const [first, second] = [file.readViaStream(0n), file.readViaStream(2n)];
    expect([first.read(2n), second.read(2n), first.read(9n)].map(text)).toEqual(['he', 'll', 'llo']);
    const out = file.writeViaStream(1n);
    out.write(Buffer.from('a'));
    out.write(Buffer.from('b'));
    file.appendViaStream().write(Buffer.from('!'));
    expect(readFileSync(path, 'utf8')).toBe('hablo!');
  });

  it('keep the file open after its descriptor', () => {
    const file = open();
    const stream = file.readViaStream(0n);
    file[Symbol.dispose]();
    expect(text(stream.read(9n))).toBe('hello');
    stream[Symbol.dispose]();
    expect(() => stream.read(1n)).toThrow();
  });
});
