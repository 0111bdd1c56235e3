import { GuestError } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { OutputStream } from '../io/index.js';
import type { Fields } from './fields.js';
import type { RequestBody } from './request-body.js';

/** The resource `outgoing-body` of `wasi:http/types`. */
export class OutgoingBody {
  readonly #body: RequestBody;
  readonly #owner: { gate: Gate; onDrop: () => void };
  #written = false;
  #dropped = false;

  constructor(key: typeof HOST_ONLY, body: RequestBody, owner: { gate: Gate; onDrop: () => void }) {
    hostOnly(key);
    this.#body = body;
    this.#owner = owner;
  }

  write(): OutputStream {
    if (this.#written) throw new GuestError(undefined);
    this.#written = true;
    const charge = (bytes: number): void => this.#owner.gate.instance?.chargeBytes(bytes);
    return new OutputStream(HOST_ONLY, { ...this.#body.sink(), charge });
  }

  /** Trailers need a body whose length the request does not name. */
  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    try {
      const error = body.#body.finish(trailers);
      if (error !== undefined) throw new GuestError(error);
    } finally {
      body[Symbol.dispose]();
      trailers?.[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#body.drop();
    this.#owner.onDrop();
  }
}
