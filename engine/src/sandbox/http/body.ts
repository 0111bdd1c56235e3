import { GuestError } from '@wasm-plugin/abi';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { bytesSource, InputStream, OutputStream, Pollable, streamFailed } from '../io/index.js';
import { READY } from '../waiter.js';
import type { Fields } from './fields.js';

/** How large the body of a request may be. */
const MOST_BYTES = 16 * 2 ** 20;

/** The body of a request, while the guest writes it. */
export class BodyBuffer {
  readonly #parts: Uint8Array[] = [];
  #length = 0;
  #state: 'open' | 'finished' | 'dropped' = 'open';
  #whenDone: (() => void) | undefined;

  get state(): 'open' | 'finished' | 'dropped' {
    return this.#state;
  }

  write(bytes: Uint8Array): void {
    if (this.#state !== 'open') throw streamFailed('the body is finished');
    this.#length += bytes.length;
    if (this.#length > MOST_BYTES) {
      const code = { tag: 'HTTP-request-body-size', val: BigInt(this.#length) };
      throw streamFailed(`a body may have at most ${MOST_BYTES} bytes`, { http: code });
    }
    this.#parts.push(bytes.slice());
  }

  end(state: 'finished' | 'dropped'): void {
    if (this.#state !== 'open') return;
    this.#state = state;
    this.#whenDone?.();
  }

  /** Calls back once, when the body is finished or dropped. */
  whenDone(done: () => void): void {
    if (this.#state === 'open') this.#whenDone = done;
    else done();
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** The resource `outgoing-body` of `wasi:http/types`. */
export class OutgoingBody {
  readonly #buffer: BodyBuffer;
  #written = false;

  constructor(key: typeof HOST_ONLY, buffer: BodyBuffer) {
    hostOnly(key);
    this.#buffer = buffer;
  }

  write(): OutputStream {
    if (this.#written) throw new GuestError(undefined);
    this.#written = true;
    return new OutputStream(HOST_ONLY, { write: (bytes) => this.#buffer.write(bytes) });
  }

  /** Trailers are refused: the connection is HTTP/1.1 with a known length. */
  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    if (trailers !== undefined && trailers.entries().length > 0) {
      body.#buffer.end('dropped');
      throw new GuestError({ tag: 'internal-error', val: 'trailers are not supported' });
    }
    body.#buffer.end('finished');
  }

  [Symbol.dispose](): void {
    this.#buffer.end('dropped');
  }
}

/** The resource `incoming-body` of `wasi:http/types`: one that has arrived. */
export class IncomingBody {
  readonly #bytes: Uint8Array;
  #taken = false;

  constructor(key: typeof HOST_ONLY, bytes: Uint8Array) {
    hostOnly(key);
    this.#bytes = bytes;
  }

  stream(): InputStream {
    if (this.#taken) throw new GuestError(undefined);
    this.#taken = true;
    return new InputStream(HOST_ONLY, bytesSource(this.#bytes));
  }

  static finish(_body: IncomingBody): FutureTrailers {
    return new FutureTrailers(HOST_ONLY);
  }
}

/** The resource `future-trailers` of `wasi:http/types`: there never are any. */
export class FutureTrailers {
  #taken = false;

  constructor(key: typeof HOST_ONLY) {
    hostOnly(key);
  }

  subscribe(): Pollable {
    return new Pollable(HOST_ONLY, READY);
  }

  get(): unknown {
    if (this.#taken) return { tag: 'err', val: undefined };
    this.#taken = true;
    return { tag: 'ok', val: { tag: 'ok', val: undefined } };
  }
}
