import { GuestError, normalHost, type Capability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import type { HeldBytes } from '../held-bytes.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import type { Waiter } from '../waiter.js';
import { immutableFields, type Fields } from './fields.js';
import { OutgoingBody } from './outgoing-body.js';
import { RequestBody } from './request-body.js';
import type { WireFailure } from './transport.js';

/** The variants `method` and `scheme` of `wasi:http/types`. */
export interface Tagged {
  tag: string;
  val?: string;
}

/** Content of a request, taken out of its resource. */
export interface RequestParts {
  method: Tagged;
  scheme: Tagged | undefined;
  authority: string | undefined;
  path: string | undefined;
  headers: Fields;
  body: RequestBody | undefined;
}

/** Parts that requests of one sandbox are made of. */
export interface RequestContext {
  readonly gate: Gate;
  readonly held: HeldBytes;
  readonly waiter: Waiter;
}

/** The class `OutgoingRequest` of one sandbox. */
export type OutgoingRequestClass = new (headers: Fields) => OutgoingRequest;

/** Failure of every write to the body of a request that was dropped. */
export const UNSENT: WireFailure = { error: { tag: 'connection-terminated' } };
/** Cost of an empty body with its stream. */
const BODY_BYTES = 1200;

let partsOf: (request: OutgoingRequest) => RequestParts;

/**
 * The resource `outgoing-request` of `wasi:http/types`. Its setters refuse values that would change the form of the request.
 */
export class OutgoingRequest {
  readonly #headers: Fields;
  readonly #context: RequestContext;
  #heldBytes = 0;
  #method: Tagged = { tag: 'get' };
  #scheme: Tagged | undefined;
  #authority: string | undefined;
  #path: string | undefined;
  #body: RequestBody | undefined;

  static {
    partsOf = (request) => {
      const body = request.#body;
      request.#body = undefined;
      return {
        method: request.#method,
        scheme: request.#scheme,
        authority: request.#authority,
        path: request.#path,
        headers: request.#headers,
        body,
      };
    };
  }

  constructor(key: typeof HOST_ONLY, headers: Fields, context: RequestContext) {
    hostOnly(key);
    this.#headers = immutableFields(headers);
    headers[Symbol.dispose]();
    this.#context = context;
  }

  /** A plugin that may make no request at all gets no body for one. */
  body(): OutgoingBody {
    const { gate, held, waiter } = this.#context;
    if (this.#body !== undefined || !mayRequest(gate)) throw new GuestError(undefined);
    const [declared] = this.#headers.get('content-length').map((value) => String.fromCharCode(...value));
    if (declared !== undefined && !/^\d{1,15}$/.test(declared)) throw new GuestError(undefined);
    const length = declared === undefined ? undefined : Number(declared);
    if (!held.take(BODY_BYTES)) throw new GuestError(undefined);
    this.#body = new RequestBody({ held, waiter, declared: length });
    return new OutgoingBody(HOST_ONLY, this.#body, { gate, onDrop: () => held.give(BODY_BYTES) });
  }

  method(): Tagged {
    return this.#method;
  }

  setMethod(method: Tagged): void {
    if (method.tag === 'other' && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(String(method.val))) {
      throw new GuestError(undefined);
    }
    this.#replace(this.#method.val, method.val);
    this.#method = method;
  }

  pathWithQuery(): string | undefined {
    return this.#path;
  }

  setPathWithQuery(path: string | undefined): void {
    if (path !== undefined && !/^[/?*][\x21-\x7e]*$|^$/.test(path)) throw new GuestError(undefined);
    this.#replace(this.#path, path);
    this.#path = path;
  }

  scheme(): Tagged | undefined {
    return this.#scheme;
  }

  setScheme(scheme: Tagged | undefined): void {
    this.#replace(this.#scheme?.val, scheme?.val);
    this.#scheme = scheme;
  }

  authority(): string | undefined {
    return this.#authority;
  }

  setAuthority(authority: string | undefined): void {
    if (authority !== undefined && parseAuthority(authority) === undefined) throw new GuestError(undefined);
    this.#replace(this.#authority, authority);
    this.#authority = authority;
  }

  headers(): Fields {
    return immutableFields(this.#headers);
  }

  [Symbol.dispose](): void {
    this.#context.held.give(this.#heldBytes);
    this.#heldBytes = 0;
    this.#headers[Symbol.dispose]();
    // Not handed over: the data in its body will not be sent.
    this.#body?.fail(UNSENT);
    this.#body = undefined;
  }

  /** Counts a text in place of another. */
  #replace(old: string | undefined, text: string | undefined): void {
    const growth = (text?.length ?? 0) - (old?.length ?? 0);
    if (growth > 0 && !this.#context.held.take(growth)) throw new GuestError(undefined);
    if (growth < 0) this.#context.held.give(-growth);
    this.#heldBytes += growth;
  }
}

/** Makes the class of a sandbox, which guests construct with headers alone. */
export function outgoingRequestClass(context: RequestContext): OutgoingRequestClass {
  return class SandboxRequest extends OutgoingRequest {
    constructor(headers: Fields) {
      super(HOST_ONLY, headers, context);
    }
  };
}

/** Takes the parts of a request out. */
export function requestParts(request: OutgoingRequest): RequestParts {
  return partsOf(request);
}

/** Reads `host` or `host:port`, with nothing else: no user, no path. */
export function parseAuthority(authority: string): { host: string; port: number | undefined } | undefined {
  const [, name, portText] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  const host = name === undefined ? undefined : normalHost(name);
  const port = portText === undefined ? undefined : Number(portText);
  if (host === undefined || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return { host, port };
}

/** Notes a refusal if neither a manifest nor a host knows `http`. */
function mayRequest(gate: Gate): boolean {
  const knows = (capabilities: readonly Capability[]): boolean =>
    capabilities.some(({ kind }) => kind === 'http');
  const lacking = !knows(gate.permissions) ? 'manifest' : knows(gate.grants) ? undefined : 'host';
  if (lacking !== undefined) gate.deny('http', lacking);
  return lacking === undefined;
}
