import { GuestError } from '@wasm-plugin/abi';
import { HOST_ONLY } from '../host-only.js';
import { BodyBuffer, OutgoingBody } from './body.js';
import { immutableFields, type Fields } from './fields.js';

/** The variants `method` and `scheme` of `wasi:http/types`. */
export interface Tagged {
  tag: string;
  val?: string;
}

/** What a request says, taken out of its resource. */
export interface RequestParts {
  method: Tagged;
  scheme: Tagged | undefined;
  authority: string | undefined;
  path: string | undefined;
  headers: Fields;
  body: BodyBuffer | undefined;
}

let partsOf: (request: OutgoingRequest) => RequestParts;

/** The resource `outgoing-request` of `wasi:http/types`. What would change the form of the request is refused when it is set. */
export class OutgoingRequest {
  readonly #headers: Fields;
  #method: Tagged = { tag: 'get' };
  #scheme: Tagged | undefined;
  #authority: string | undefined;
  #path: string | undefined;
  #body: BodyBuffer | undefined;

  static {
    partsOf = (request) => ({
      method: request.#method,
      scheme: request.#scheme,
      authority: request.#authority,
      path: request.#path,
      headers: request.#headers,
      body: request.#body,
    });
  }

  constructor(headers: Fields) {
    this.#headers = immutableFields(headers);
  }

  body(): OutgoingBody {
    if (this.#body !== undefined) throw new GuestError(undefined);
    this.#body = new BodyBuffer();
    return new OutgoingBody(HOST_ONLY, this.#body);
  }

  method(): Tagged {
    return this.#method;
  }

  setMethod(method: Tagged): void {
    if (method.tag === 'other' && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(String(method.val))) {
      throw new GuestError(undefined);
    }
    this.#method = method;
  }

  pathWithQuery(): string | undefined {
    return this.#path;
  }

  setPathWithQuery(path: string | undefined): void {
    if (path !== undefined && !/^[/?*][\x21-\x7e]*$|^$/.test(path)) throw new GuestError(undefined);
    this.#path = path;
  }

  scheme(): Tagged | undefined {
    return this.#scheme;
  }

  setScheme(scheme: Tagged | undefined): void {
    this.#scheme = scheme;
  }

  authority(): string | undefined {
    return this.#authority;
  }

  setAuthority(authority: string | undefined): void {
    if (authority !== undefined && parseAuthority(authority) === undefined) throw new GuestError(undefined);
    this.#authority = authority;
  }

  headers(): Fields {
    return immutableFields(this.#headers);
  }
}

/** Takes the parts of a request out. */
export function requestParts(request: OutgoingRequest): RequestParts {
  return partsOf(request);
}

/** Reads `host` or `host:port`, with nothing else: no user, no path. */
export function parseAuthority(authority: string): { host: string; port: number | undefined } | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?$/.exec(
    authority.toLowerCase(),
  );
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  if (match === null || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return { host: match[1] as string, port };
}
