import { bytesArgument, countArgument } from '../argument.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { READY } from '../waiter.js';
import type { InputStream } from './input-stream.js';
import { Pollable } from './pollable.js';

/** Where an output stream puts its bytes. Never waits. */
export interface ByteSink {
  /** @throws {GuestError} a `stream-error` */
  write(bytes: Uint8Array): void;
  /** Throws what `write` would throw. */
  check?(): void;
  close?(): void;
}

/** How much may be written at once. */
const MOST_BYTES = 2 ** 16;

/** The resource `output-stream` of `wasi:io/streams`. Nothing is buffered: a write is done when it returns. */
export class OutputStream {
  readonly #sink: ByteSink;

  constructor(key: typeof HOST_ONLY, sink: ByteSink) {
    hostOnly(key);
    this.#sink = sink;
  }

  checkWrite(): bigint {
    this.#sink.check?.();
    return BigInt(MOST_BYTES);
  }

  write(bytes: Uint8Array): void {
    this.#sink.write(bytesArgument(bytes));
  }

  blockingWriteAndFlush(bytes: Uint8Array): void {
    this.write(bytes);
  }

  flush(): void {
    this.#sink.check?.();
  }

  blockingFlush(): void {
    this.flush();
  }

  writeZeroes(length: bigint): void {
    this.write(new Uint8Array(countArgument(length, MOST_BYTES)));
  }

  blockingWriteZeroesAndFlush(length: bigint): void {
    this.writeZeroes(length);
  }

  splice(from: InputStream, length: bigint): bigint {
    this.#sink.check?.();
    const bytes = from.read(BigInt(countArgument(length, MOST_BYTES)));
    this.write(bytes);
    return BigInt(bytes.length);
  }

  blockingSplice(from: InputStream, length: bigint): bigint {
    return this.splice(from, length);
  }

  subscribe(): Pollable {
    return new Pollable(HOST_ONLY, READY);
  }

  [Symbol.dispose](): void {
    this.#sink.close?.();
  }
}
