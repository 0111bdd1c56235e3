import { GuestError } from '@wasm-plugin/abi';
import { hostOnly, type HOST_ONLY } from '../host-only.js';
import type { InputStream, OutputStream } from '../io/index.js';
import type {
  DescriptorFlags,
  DescriptorStat,
  DescriptorType,
  MetadataHash,
  NewTimestamp,
  OpenFlags,
  PathFlags,
} from './filesystem-types.js';
import type { DirectoryEntryStream } from './directory-entry-stream.js';

/**
 * The resource `descriptor` of `wasi:filesystem/types`, on which every operation fails. A class for files overrides the
 * operations on files, one for folders those on folders; the error of the others says that it is the other kind.
 * @throws {GuestError} an error code, from each method
 */
export class Descriptor {
  constructor(key: typeof HOST_ONLY) {
    hostOnly(key);
  }

  readViaStream(_offset: bigint): InputStream {
    throw new GuestError('is-directory');
  }
  writeViaStream(_offset: bigint): OutputStream {
    throw new GuestError('bad-descriptor');
  }
  appendViaStream(): OutputStream {
    throw new GuestError('bad-descriptor');
  }
  advise(_offset: bigint, _length: bigint, _advice: string): void {}
  syncData(): void {
    throw new GuestError('unsupported');
  }
  getFlags(): DescriptorFlags {
    throw new GuestError('unsupported');
  }
  getType(): DescriptorType {
    throw new GuestError('unsupported');
  }
  setSize(_size: bigint): void {
    throw new GuestError('bad-descriptor');
  }
  setTimes(_accessed: NewTimestamp, _modified: NewTimestamp): void {
    throw new GuestError('unsupported');
  }
  read(_length: bigint, _offset: bigint): [Uint8Array, boolean] {
    throw new GuestError('is-directory');
  }
  write(_bytes: Uint8Array, _offset: bigint): bigint {
    throw new GuestError('bad-descriptor');
  }
  readDirectory(): DirectoryEntryStream {
    throw new GuestError('not-directory');
  }
  sync(): void {
    throw new GuestError('unsupported');
  }
  createDirectoryAt(_path: string): void {
    throw new GuestError('not-directory');
  }
  stat(): DescriptorStat {
    throw new GuestError('unsupported');
  }
  statAt(_pathFlags: PathFlags, _path: string): DescriptorStat {
    throw new GuestError('not-directory');
  }
  setTimesAt(_pathFlags: PathFlags, _path: string, _accessed: NewTimestamp, _modified: NewTimestamp): void {
    throw new GuestError('not-directory');
  }
  linkAt(_oldFlags: PathFlags, _oldPath: string, _to: Descriptor, _newPath: string): void {
    throw new GuestError('not-directory');
  }
  openAt(_pathFlags: PathFlags, _path: string, _openFlags: OpenFlags, _flags: DescriptorFlags): Descriptor {
    throw new GuestError('not-directory');
  }
  readlinkAt(_path: string): string {
    throw new GuestError('not-directory');
  }
  removeDirectoryAt(_path: string): void {
    throw new GuestError('not-directory');
  }
  renameAt(_oldPath: string, _to: Descriptor, _newPath: string): void {
    throw new GuestError('not-directory');
  }
  symlinkAt(_target: string, _path: string): void {
    throw new GuestError('not-directory');
  }
  unlinkFileAt(_path: string): void {
    throw new GuestError('not-directory');
  }
  isSameObject(other: Descriptor): boolean {
    return other === this;
  }
  metadataHash(): MetadataHash {
    throw new GuestError('unsupported');
  }
  metadataHashAt(_pathFlags: PathFlags, _path: string): MetadataHash {
    throw new GuestError('not-directory');
  }
}
