import { countArgument } from '../argument.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { READY } from '../waiter.js';
import { streamClosed } from './io-error.js';
import { Pollable } from './pollable.js';

/** Where an input stream gets its bytes. Never waits. */
export interface ByteSource {
  /** Gives at least one byte and at most `most`, or `undefined` at the end. @throws {GuestError} a `stream-error` */
  read(most: number): Uint8Array | undefined;
  close?(): void;
}

/** How much is read at once, whatever the guest asks for. */
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
    return this.read(length);
  }

  skip(length: bigint): bigint {
    return BigInt(this.read(length).length);
  }

  blockingSkip(length: bigint): bigint {
    return this.skip(length);
  }

  subscribe(): Pollable {
    return new Pollable(HOST_ONLY, READY);
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
