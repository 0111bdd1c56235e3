import { GuestError } from '@wasm-plugin/abi';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { Pollable } from '../io/index.js';
import { fieldsFromServer, immutableFields, type Fields } from './fields.js';
import { IncomingBody, type ResponseContext } from './incoming-body.js';
import type { PendingRequest } from './pending-request.js';
import type { WireHead } from './transport.js';

/** The resource `incoming-response` of `wasi:http/types`. */
export class IncomingResponse {
  readonly #status: number;
  readonly #headers: Fields;
  readonly #context: ResponseContext;
  #consumed = false;

  constructor(key: typeof HOST_ONLY, head: WireHead, context: ResponseContext) {
    hostOnly(key);
    this.#status = head.status;
    this.#headers = fieldsFromServer(context.Fields, head.headers);
    this.#context = context;
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
    return new IncomingBody(HOST_ONLY, this.#context);
  }

  [Symbol.dispose](): void {
    this.#headers[Symbol.dispose]();
    if (!this.#consumed) this.#context.exchange.cancel();
  }
}

/** The resource `future-incoming-response` of `wasi:http/types`. */
export class FutureIncomingResponse {
  readonly #pending: PendingRequest;
  #taken = false;

  constructor(key: typeof HOST_ONLY, pending: PendingRequest) {
    hostOnly(key);
    this.#pending = pending;
  }

  subscribe(): Pollable {
    const pending = this.#pending;
    const source = { ready: () => pending.head() !== undefined, dueNs: undefined };
    return new Pollable(HOST_ONLY, source, pending.waiter);
  }

  get(): unknown {
    const pending = this.#pending;
    const head = pending.head();
    if (head === undefined) return undefined;
    if (this.#taken) return { tag: 'err', val: undefined };
    this.#taken = true;
    if ('error' in head) return { tag: 'ok', val: { tag: 'err', val: head.error } };
    const response = new IncomingResponse(HOST_ONLY, head, pending.takeResponse());
    return { tag: 'ok', val: { tag: 'ok', val: response } };
  }

  [Symbol.dispose](): void {
    this.#pending.cancel();
  }
}
