import type { Waiter } from '../waiter.js';
import type { FieldsClass } from './fields.js';
import type { ResponseContext } from './incoming-body.js';
import type { RequestBody } from './request-body.js';
import type { Exchange, HttpTransport, WireFailure, WireHead, WireRequest } from './transport.js';

/** Options of a `PendingRequest`. */
export interface PendingRequestOptions {
  readonly transport: HttpTransport;
  /** The request; how its body is framed is found out when it is sent. */
  readonly wire: WireRequest;
  /** Frees the bytes that the guest's request holds: called once, when it is sent or will not be. */
  readonly release: () => void;
  readonly body: RequestBody | undefined;
  readonly waiter: Waiter;
  readonly Fields: FieldsClass;
}

/**
 * A request that the guest has handed over, until it has the response. It is sent at once if its length is known; or else when
 * its body is finished or the guest waits: a body that is written without waiting is sent with its length, for servers that take no
 * chunks.
 */
export class PendingRequest {
  readonly #options: Omit<PendingRequestOptions, 'wire' | 'release'>;
  #unsent: Pick<PendingRequestOptions, 'wire' | 'release'> | undefined;
  #exchange: Exchange | undefined;
  #failure: WireFailure | undefined;
  #taken = false;

  constructor({ wire, release, ...options }: PendingRequestOptions) {
    this.#options = options;
    this.#unsent = { wire, release };
    const { body } = options;
    if (body === undefined) this.#send('none');
    else body.whenDue(() => this.#sendWithBody(body));
  }

  get waiter(): Waiter {
    return this.#options.waiter;
  }

  /** Returns the begin of the response, once it is there. The guest waits for it. */
  head(): WireHead | WireFailure | undefined {
    this.#options.body?.due();
    return this.#failure ?? this.#exchange?.head();
  }

  /** Hands the response over to the resource of it, which ends the exchange from then on. */
  takeResponse(): ResponseContext {
    this.#taken = true;
    const { waiter, Fields } = this.#options;
    return { exchange: this.#exchange as Exchange, waiter, Fields };
  }

  cancel(): void {
    if (this.#taken) return;
    this.#release();
    const failure: WireFailure = { error: { tag: 'connection-terminated' } };
    if (this.#exchange === undefined) this.#options.body?.fail(failure);
    else this.#exchange.cancel(failure);
  }

  #sendWithBody(body: RequestBody): void {
    const { framing } = body;
    if (typeof framing === 'object') this.#refuse(framing);
    else this.#send(framing);
  }

  #send(framing: WireRequest['body']): void {
    const { transport, body } = this.#options;
    const wire = this.#release();
    if (wire === undefined) return;
    const opened = transport.open({ ...wire, body: framing });
    if ('error' in opened) return this.#refuse(opened);
    this.#exchange = opened;
    body?.connect(opened);
  }

  #release(): WireRequest | undefined {
    const unsent = this.#unsent;
    this.#unsent = undefined;
    unsent?.release();
    return unsent?.wire;
  }

  #refuse(failure: WireFailure): void {
    this.#failure = failure;
    this.#release();
    this.#options.body?.fail(failure);
    Atomics.add(this.waiter.bell, 0, 1);
  }
}
