import { GuestError } from '@wasm-plugin/abi';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { Pollable } from '../io/index.js';
import type { Waiter } from '../waiter.js';
import { IncomingBody } from './body.js';
import { fieldsFromServer, immutableFields, type Fields } from './fields.js';
import type { PendingRequest, WireResponse } from './transport.js';

/** The resource `incoming-response` of `wasi:http/types`. */
export class IncomingResponse {
  readonly #status: number;
  readonly #headers: Fields;
  readonly #body: Uint8Array;
  #consumed = false;

  constructor(key: typeof HOST_ONLY, response: Exclude<WireResponse, { error: unknown }>) {
    hostOnly(key);
    this.#status = response.status;
    this.#headers = fieldsFromServer(response.headers);
    this.#body = response.body;
  }

  status(): number {
    return this.#status;
  }

  headers(): Fields {
    return immutableFields(this.#headers);
  }

  consume(): IncomingBody {
    if (this.#consumed) throw new GuestError(undefined);
    this.#consumed = true;
    return new IncomingBody(HOST_ONLY, this.#body);
  }
}

/** The resource `future-incoming-response` of `wasi:http/types`. */
export class FutureIncomingResponse {
  readonly #pending: PendingRequest;
  readonly #waiter: Waiter;
  #taken = false;

  constructor(key: typeof HOST_ONLY, pending: PendingRequest, waiter: Waiter) {
    hostOnly(key);
    this.#pending = pending;
    this.#waiter = waiter;
  }

  subscribe(): Pollable {
    const pending = this.#pending;
    const source = { ready: () => pending.result() !== undefined, dueNs: undefined };
    return new Pollable(HOST_ONLY, source, this.#waiter);
  }

  get(): unknown {
    const result = this.#pending.result();
    if (result === undefined) return undefined;
    if (this.#taken) return { tag: 'err', val: undefined };
    this.#taken = true;
    const val =
      'error' in result
        ? { tag: 'err', val: result.error }
        : { tag: 'ok', val: new IncomingResponse(HOST_ONLY, result) };
    return { tag: 'ok', val };
  }

  [Symbol.dispose](): void {
    this.#pending.cancel();
  }
}
