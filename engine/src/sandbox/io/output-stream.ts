import { QuotaError } from '@wasm-plugin/abi';
import { bytesArgument, countArgument } from '../argument.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import type { Source, Waiter } from '../waiter.js';
import type { InputStream } from './input-stream.js';
import { Pollable, READY_POLLABLE } from './pollable.js';

/** Destination of an output stream's bytes. Never waits. */
export interface ByteSink {
  /** Takes all bytes. @throws {GuestError} a `stream-error` */
  write(bytes: Uint8Array): void;
  /** True if it keeps the bytes themselves, or hands them to the host, so that no two writes may share them. */
  keepsBytes?: boolean;
  /** Throws the error that `write` would throw. */
  check?(): void;
  /** Returns the number of bytes that may be written now. Absent if that is always the most that one write takes. */
  room?(): number;
  /** Becomes ready when there is room, or an error. Absent if that is always the case. */
  readiness?: { source: Source; waiter: Waiter };
  /** Called when the guest waits for its output to be sent. */
  flush?(): void;
  /** Charges bytes that are written without crossing the boundary. @throws {QuotaError} WP_QUOTA_HOST */
  charge?(bytes: number): void;
  close?(): void;
}

/** Most bytes of one write. */
const MOST_BYTES = 2 ** 16;

/** Most zeroes that one call may write. */
const MOST_ZEROES = 2 ** 24;

/** Zeroes for every sink that does not keep them: a guest that writes them over and over makes no garbage. Never written to. */
const ZEROES = new Uint8Array(MOST_BYTES);

/**
 * The resource `output-stream` of `wasi:io/streams`. A write is done when it returns, or else is the host's to finish: a
 * blocking one waits for room, and never for the other end to have it.
 */
export class OutputStream {
  readonly #sink: ByteSink;

  constructor(key: typeof HOST_ONLY, sink: ByteSink) {
    hostOnly(key);
    this.#sink = sink;
  }

  checkWrite(): bigint {
    this.#sink.check?.();
    return BigInt(this.#room());
  }

  write(bytes: Uint8Array): void {
    this.#sink.write(bytesArgument(bytes));
  }

  blockingWriteAndFlush(bytes: Uint8Array): void {
    this.#wait();
    this.write(bytes);
    this.#sink.flush?.();
  }

  flush(): void {
    this.#sink.check?.();
    this.#sink.flush?.();
  }

  blockingFlush(): void {
    this.flush();
    this.#wait();
  }

  /** @throws {QuotaError} WP_QUOTA_HOST for more than 16 MiB, or more than the call may move */
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
    this.#sink.charge?.(count);
    for (let left = count; left > 0; left -= MOST_BYTES) {
      const zeroes = ZEROES.subarray(0, left);
      this.#sink.write(this.#sink.keepsBytes === true ? zeroes.slice() : zeroes);
    }
  }

  blockingWriteZeroesAndFlush(length: bigint): void {
    this.#wait();
    this.writeZeroes(length);
    this.#sink.flush?.();
  }

  splice(from: InputStream, length: bigint): bigint {
    this.#sink.check?.();
    const bytes = from.read(BigInt(countArgument(length, this.#room())));
    this.#sink.charge?.(bytes.length);
    if (bytes.length > 0) this.write(bytes);
    return BigInt(bytes.length);
  }

  blockingSplice(from: InputStream, length: bigint): bigint {
    this.#wait();
    if (length !== 0n) from.subscribe().block();
    return this.splice(from, length);
  }

  subscribe(): Pollable {
    const { readiness } = this.#sink;
    return readiness === undefined
      ? READY_POLLABLE
      : new Pollable(HOST_ONLY, readiness.source, readiness.waiter);
  }

  [Symbol.dispose](): void {
    this.#sink.close?.();
  }

  #room(): number {
    return Math.min(MOST_BYTES, this.#sink.room?.() ?? MOST_BYTES);
  }

  #wait(): void {
    const { readiness } = this.#sink;
    readiness?.waiter.wait([readiness.source]);
  }
}
