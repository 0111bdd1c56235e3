import { GuestError } from '@wasm-plugin/abi';
import {
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  readSync,
  writeSync,
  type BigIntStats,
} from 'node:fs';
import { bytesArgument, countArgument } from '../argument.js';
import { HOST_ONLY } from '../host-only.js';
import { InputStream, OutputStream, streamFailed } from '../io/index.js';
import { attempt } from './error-code.node.js';
import type { FileAccess } from './file-access.js';
import type { DescriptorFlags, DescriptorType, NewTimestamp } from './filesystem-types.js';
import { OpenDescriptor } from './open-descriptor.node.js';
import type { OpenFile } from './open-files.node.js';
import { timesFrom } from './stat.node.js';

/** Most bytes of one read, even if the guest asks for more. */
const MOST_BYTES = 2 ** 20;
const MOST_OFFSET = Number.MAX_SAFE_INTEGER;

/** Options of a `FileDescriptor`. */
export interface FileDescriptorOptions {
  file: OpenFile<number>;
  access: FileAccess;
  /** Modes that it was opened for. */
  reads: boolean;
  writes: boolean;
}

/** A descriptor of a regular file. */
export class FileDescriptor extends OpenDescriptor {
  readonly #options: FileDescriptorOptions;

  constructor(key: typeof HOST_ONLY, options: FileDescriptorOptions) {
    super(key, () => this.#stat());
    this.#options = options;
  }

  override getType(): DescriptorType {
    return 'regular-file';
  }

  override getFlags(): DescriptorFlags {
    return { read: this.#options.reads, write: this.#options.writes };
  }

  override read(length: bigint, offset: bigint): [Uint8Array, boolean] {
    const bytes = this.#read(countArgument(length, MOST_BYTES), countArgument(offset, MOST_OFFSET));
    return [bytes, bytes.length === 0 && length > 0n];
  }

  override write(bytes: Uint8Array, offset: bigint): bigint {
    return BigInt(this.#write(bytesArgument(bytes), countArgument(offset, MOST_OFFSET)));
  }

  override readViaStream(offset: bigint): InputStream {
    const { file, access } = this.#reading();
    let at = countArgument(offset, MOST_OFFSET);
    file.hold();
    const source = {
      read: (most: number): Uint8Array | undefined => {
        const bytes = asStream(() => this.#read(most, at), access);
        at += bytes.length;
        return bytes.length === 0 ? undefined : bytes;
      },
      close: () => file.release(),
    };
    return new InputStream(HOST_ONLY, source);
  }

  override writeViaStream(offset: bigint): OutputStream {
    let at = countArgument(offset, MOST_OFFSET);
    return this.#stream((bytes) => (at += this.#write(bytes, at)));
  }

  override appendViaStream(): OutputStream {
    return this.#stream((bytes) => this.#write(bytes, Number(this.#stat().size)));
  }

  override setSize(size: bigint): void {
    const { file } = this.#writing();
    attempt(() => ftruncateSync(file.it, countArgument(size, MOST_OFFSET)));
  }

  override setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
    this.#options.access.demandWrite();
    const [atime, mtime] = timesFrom(this.#stat(), { accessed, modified });
    attempt(() => futimesSync(this.#options.file.it, atime, mtime));
  }

  override sync(): void {
    attempt(() => fsyncSync(this.#options.file.it));
  }

  override syncData(): void {
    attempt(() => fdatasyncSync(this.#options.file.it));
  }

  [Symbol.dispose](): void {
    this.#options.file.release();
  }

  #reading(): FileDescriptorOptions {
    this.#options.access.demandRead();
    if (!this.#options.reads) throw new GuestError('bad-descriptor');
    return this.#options;
  }

  #writing(): FileDescriptorOptions {
    this.#options.access.demandWrite();
    if (!this.#options.writes) throw new GuestError('bad-descriptor');
    return this.#options;
  }

  #stat(): BigIntStats {
    this.#options.access.demandRead();
    return attempt(() => fstatSync(this.#options.file.it, { bigint: true }));
  }

  #read(most: number, offset: number): Uint8Array {
    const { file } = this.#reading();
    const bytes = new Uint8Array(most);
    return bytes.subarray(
      0,
      attempt(() => readSync(file.it, bytes, 0, most, offset)),
    );
  }

  #write(bytes: Uint8Array, offset: number): number {
    const { file } = this.#writing();
    let done = 0;
    while (done < bytes.length) {
      done += attempt(() => writeSync(file.it, bytes, done, bytes.length - done, offset + done));
    }
    return done;
  }

  #stream(write: (bytes: Uint8Array) => unknown): OutputStream {
    const { file, access } = this.#writing();
    file.hold();
    const sink = {
      check: () => asStream(() => access.demandWrite(), access),
      charge: (bytes: number) => access.charge(bytes),
      write: (bytes: Uint8Array) => void asStream(() => write(bytes), access),
      close: () => file.release(),
    };
    return new OutputStream(HOST_ONLY, sink);
  }
}

/** Turns an error code of a file into an error of its stream, which a guest can turn back. */
function asStream<T>(work: () => T, { path }: FileAccess): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GuestError) || typeof error.payload !== 'string') throw error;
    throw streamFailed(`fs:${path}: ${error.payload}`, { filesystem: error.payload });
  }
}
