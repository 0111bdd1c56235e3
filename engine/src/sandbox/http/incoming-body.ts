import { GuestError } from '@wasm-plugin/abi';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { InputStream, Pollable, streamClosed, streamFailed, type ByteSource } from '../io/index.js';
import type { Waiter } from '../waiter.js';
import { fieldsFromServer, type FieldsClass } from './fields.js';
import type { Exchange } from './transport.js';

/** Parts that the resources of a response are made of. */
export interface ResponseContext {
  readonly exchange: Exchange;
  readonly waiter: Waiter;
  readonly Fields: FieldsClass;
}

/** Bytes dropped at once for a guest that wants the trailers alone. */
const DRAIN_BYTES = 2 ** 20;

/** The resource `incoming-body` of `wasi:http/types`. It ends the exchange when it is dropped. */
export class IncomingBody {
  readonly #context: ResponseContext;
  #taken = false;
  #finished = false;

  constructor(key: typeof HOST_ONLY, context: ResponseContext) {
    hostOnly(key);
    this.#context = context;
  }

  stream(): InputStream {
    if (this.#taken) throw new GuestError(undefined);
    this.#taken = true;
    return new InputStream(HOST_ONLY, bodySource(this.#context));
  }

  static finish(body: IncomingBody): FutureTrailers {
    body.#finished = true;
    return new FutureTrailers(HOST_ONLY, body.#context);
  }

  [Symbol.dispose](): void {
    if (!this.#finished) this.#context.exchange.cancel();
  }
}

function bodySource({ exchange, waiter }: ResponseContext): ByteSource {
  return {
    readiness: { source: { ready: () => exchange.readable(), dueNs: undefined }, waiter },
    read(most) {
      const taken = exchange.read(most);
      if (taken instanceof Uint8Array) return taken;
      if ('error' in taken)
        throw streamFailed(`the response ended: ${taken.error.tag}`, { http: taken.error });
      throw streamClosed();
    },
  };
}

/** The resource `future-trailers` of `wasi:http/types`: the rest of the body is dropped until the trailers arrive. */
export class FutureTrailers {
  readonly #context: ResponseContext;
  #taken = false;

  constructor(key: typeof HOST_ONLY, context: ResponseContext) {
    hostOnly(key);
    this.#context = context;
  }

  subscribe(): Pollable {
    return new Pollable(
      HOST_ONLY,
      { ready: () => this.#end() !== undefined, dueNs: undefined },
      this.#context.waiter,
    );
  }

  get(): unknown {
    const end = this.#end();
    if (end === undefined) return undefined;
    if (this.#taken) return { tag: 'err', val: undefined };
    this.#taken = true;
    if ('error' in end) return { tag: 'ok', val: { tag: 'err', val: end.error } };
    const { Fields } = this.#context;
    const val = end.trailers.length === 0 ? undefined : fieldsFromServer(Fields, end.trailers);
    return { tag: 'ok', val: { tag: 'ok', val } };
  }

  #end() {
    const { exchange } = this.#context;
    while (exchange.readable()) {
      const taken = exchange.read(DRAIN_BYTES);
      if (!(taken instanceof Uint8Array)) return taken;
    }
    return undefined;
  }

  [Symbol.dispose](): void {
    this.#context.exchange.cancel();
  }
}
