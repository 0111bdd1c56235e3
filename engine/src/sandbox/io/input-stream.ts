import { countArgument } from '../argument.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import type { Source, Waiter } from '../waiter.js';
import { streamClosed } from './io-error.js';
import { Pollable, READY_POLLABLE } from './pollable.js';

/** Source of an input stream's bytes. Never waits. */
export interface ByteSource {
  /**
   * Returns at most `most` bytes: none if there are none yet, which only a source with `readiness` may say; `undefined` at
   * the end.
   * @throws {GuestError} a `stream-error`
   */
  read(most: number): Uint8Array | undefined;
  /** Becomes ready when `read` returns bytes, the end or an error. Absent if that is always the case. */
  readiness?: { source: Source; waiter: Waiter };
  close?(): void;
}

/** Most bytes of one read, even if the guest asks for more. */
const MOST_BYTES = 2 ** 20;

/** The resource `input-stream` of `wasi:io/streams`. */
export class InputStream {
  readonly #source: ByteSource;

  constructor(key: typeof HOST_ONLY, source: ByteSource) {
    hostOnly(key);
    this.#source = source;
  }

  read(length: bigint): Uint8Array {
    const most = countArgument(length, MOST_BYTES);
    if (most === 0) return new Uint8Array();
    const bytes = this.#source.read(most);
    if (bytes === undefined) throw streamClosed();
    return bytes;
  }

  blockingRead(length: bigint): Uint8Array {
    const { readiness } = this.#source;
    if (length !== 0n) readiness?.waiter.wait([readiness.source]);
    return this.read(length);
  }

  skip(length: bigint): bigint {
    return BigInt(this.read(length).length);
  }

  blockingSkip(length: bigint): bigint {
    return BigInt(this.blockingRead(length).length);
  }

  subscribe(): Pollable {
    const { readiness } = this.#source;
    return readiness === undefined
      ? READY_POLLABLE
      : new Pollable(HOST_ONLY, readiness.source, readiness.waiter);
  }

  [Symbol.dispose](): void {
    this.#source.close?.();
  }
}

/** A source of bytes that are in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    read(most) {
      if (at >= bytes.length) return undefined;
      const part = bytes.subarray(at, at + most);
      at += part.length;
      return part;
    },
  };
}
