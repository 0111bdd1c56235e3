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
 * The resource `descriptor` of `wasi:filesystem/types`: one that can do nothing. What it stands for decides about each method.
 * @throws {GuestError} the error code `unsupported`, from each method
 */
export class Descriptor {
  constructor(key: typeof HOST_ONLY) {
    hostOnly(key);
  }

  readViaStream(_offset: bigint): InputStream {
    throw unsupported();
  }
  writeViaStream(_offset: bigint): OutputStream {
    throw unsupported();
  }
  appendViaStream(): OutputStream {
    throw unsupported();
  }
  advise(_offset: bigint, _length: bigint, _advice: string): void {}
  syncData(): void {
    throw unsupported();
  }
  getFlags(): DescriptorFlags {
    throw unsupported();
  }
  getType(): DescriptorType {
    throw unsupported();
  }
  setSize(_size: bigint): void {
    throw unsupported();
  }
  setTimes(_accessed: NewTimestamp, _modified: NewTimestamp): void {
    throw unsupported();
  }
  read(_length: bigint, _offset: bigint): [Uint8Array, boolean] {
    throw unsupported();
  }
  write(_bytes: Uint8Array, _offset: bigint): bigint {
    throw unsupported();
  }
  readDirectory(): DirectoryEntryStream {
    throw unsupported();
  }
  sync(): void {
    throw unsupported();
  }
  createDirectoryAt(_path: string): void {
    throw unsupported();
  }
  stat(): DescriptorStat {
    throw unsupported();
  }
  statAt(_pathFlags: PathFlags, _path: string): DescriptorStat {
    throw unsupported();
  }
  setTimesAt(_pathFlags: PathFlags, _path: string, _accessed: NewTimestamp, _modified: NewTimestamp): void {
    throw unsupported();
  }
  linkAt(_oldFlags: PathFlags, _oldPath: string, _to: Descriptor, _newPath: string): void {
    throw unsupported();
  }
  openAt(_pathFlags: PathFlags, _path: string, _openFlags: OpenFlags, _flags: DescriptorFlags): Descriptor {
    throw unsupported();
  }
  readlinkAt(_path: string): string {
    throw unsupported();
  }
  removeDirectoryAt(_path: string): void {
    throw unsupported();
  }
  renameAt(_oldPath: string, _to: Descriptor, _newPath: string): void {
    throw unsupported();
  }
  symlinkAt(_target: string, _path: string): void {
    throw unsupported();
  }
  unlinkFileAt(_path: string): void {
    throw unsupported();
  }
  isSameObject(other: Descriptor): boolean {
    return other === this;
  }
  metadataHash(): MetadataHash {
    throw unsupported();
  }
  metadataHashAt(_pathFlags: PathFlags, _path: string): MetadataHash {
    throw unsupported();
  }
}

function unsupported(): GuestError {
  return new GuestError('unsupported');
}
