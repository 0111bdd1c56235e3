import { QuotaError } from '@wasm-plugin/abi';
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

/** How many zeroes may be written by one call. */
const MOST_ZEROES = 2 ** 24;

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

  /** @throws {QuotaError} WP_QUOTA_HOST for more than 16 MiB: a guest pays for what it writes, but not for zeroes */
  writeZeroes(length: bigint): void {
    const count = countArgument(length, MOST_ZEROES + 1);
    if (count > MOST_ZEROES) {
      const facts = {
        limit: 'hostBytes',
        unit: 'bytes',
        allowed: MOST_ZEROES,
        used: Number(length),
      } as const;
      throw new QuotaError('WP_QUOTA_HOST', facts);
    }
    for (let left = count; left > 0; left -= MOST_BYTES)
      this.#sink.write(new Uint8Array(Math.min(left, MOST_BYTES)));
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
