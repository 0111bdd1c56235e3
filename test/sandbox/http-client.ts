import { createSandbox, type Sandbox, type SandboxOptions } from '@wasm-plugin/engine/sandbox';

/*
 * The steps of a guest with wasi:http, made on the host's own thread through the imports of a sandbox: every step is a call, so a test
 * can stop between any two of them.
 */

export type Tagged = { tag: string; val?: unknown };
export interface Pollable {
  ready(): boolean;
  block(): void;
}
export interface InputStream extends Disposable {
  read(length: bigint): Uint8Array;
  blockingRead(length: bigint): Uint8Array;
  subscribe(): Pollable;
}
export interface OutputStream extends Disposable {
  checkWrite(): bigint;
  write(bytes: Uint8Array): void;
  blockingWriteAndFlush(bytes: Uint8Array): void;
  writeZeroes(length: bigint): void;
  splice(from: InputStream, length: bigint): bigint;
  flush(): void;
  subscribe(): Pollable;
}
export interface Fields extends Disposable {
  append(name: string, value: Uint8Array): void;
  set(name: string, values: Uint8Array[]): void;
  delete(name: string): void;
  get(name: string): Uint8Array[];
  entries(): [string, Uint8Array][];
  clone(): Fields;
}
export interface OutgoingBody extends Disposable {
  write(): OutputStream;
}
export interface OutgoingRequest extends Disposable {
  body(): OutgoingBody;
  setMethod(method: Tagged): void;
  setScheme(scheme: Tagged): void;
  setAuthority(authority: string): void;
  setPathWithQuery(path: string): void;
  headers(): Fields;
}
export interface FutureTrailers extends Disposable {
  subscribe(): Pollable;
  get(): { val: { tag: string; val: Fields | Tagged | undefined } } | undefined;
}
export interface IncomingBody extends Disposable {
  stream(): InputStream;
}
export interface IncomingResponse extends Disposable {
  status(): number;
  headers(): Fields;
  consume(): IncomingBody;
}
export interface FutureResponse extends Disposable {
  subscribe(): Pollable;
  get(): { tag: string; val: { tag: 'ok'; val: IncomingResponse } | { tag: 'err'; val: Tagged } } | undefined;
}
export interface HttpTypes {
  Fields: new () => Fields;
  OutgoingRequest: new (headers: Fields) => OutgoingRequest;
  OutgoingBody: { finish(body: OutgoingBody, trailers?: Fields): void };
  IncomingBody: { finish(body: IncomingBody): FutureTrailers };
}

/** Parts of a request. */
export interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  /** True if it has a body, which is then written through `stream`. */
  body?: boolean;
}

/** A request that was handed over. */
export interface Sent {
  future: FutureResponse;
  body: OutgoingBody | undefined;
  stream: OutputStream | undefined;
}

/** A client of wasi:http in a sandbox. */
export class HttpClient {
  readonly sandbox: Sandbox;
  readonly types: HttpTypes;
  readonly handle: (request: OutgoingRequest, options?: unknown) => FutureResponse;

  constructor(options: Partial<SandboxOptions> & { grants: readonly string[] }) {
    this.sandbox = createSandbox({ plugin: 'client', permissions: options.grants, ...options });
    const { imports } = this.sandbox as unknown as { imports: Record<string, never> };
    this.types = imports['wasi:http/types@0.2.0'] as unknown as HttpTypes;
    const handler = imports['wasi:http/outgoing-handler@0.2.0'] as unknown as {
      handle: (request: OutgoingRequest, options?: unknown) => FutureResponse;
    };
    this.handle = handler.handle;
  }

  get heldBytes(): number {
    return this.sandbox.usage().heldBytes;
  }

  request(url: string, { method, headers = {} }: RequestOptions = {}): OutgoingRequest {
    const fields = new this.types.Fields();
    for (const [name, value] of Object.entries(headers)) fields.append(name, text(value));
    const [, scheme = '', authority = '', path = ''] = /^(\w+):\/\/([^/]*)(.*)$/.exec(url) ?? [];
    const request = new this.types.OutgoingRequest(fields);
    if (method !== undefined) request.setMethod({ tag: method });
    request.setScheme({ tag: scheme.toUpperCase() });
    request.setAuthority(authority);
    request.setPathWithQuery(path === '' ? '/' : path);
    return request;
  }

  send(url: string, options: RequestOptions = {}): Sent {
    const request = this.request(url, { method: options.body === true ? 'post' : 'get', ...options });
    const body = options.body === true ? request.body() : undefined;
    const stream = body?.write();
    return { future: this.handle(request), body, stream };
  }

  /** Waits for the response. Throws its error code as text where there is none. */
  receive({ future }: Pick<Sent, 'future'>): Received {
    future.subscribe().block();
    const result = future.get();
    if (result === undefined) throw new Error('the future is ready and has nothing');
    if (result.val.tag === 'err') throw new Error(result.val.val.tag);
    future[Symbol.dispose]();
    return new Received(result.val.val, this.types);
  }

  /** Makes a request without a body and reads all of its response. */
  get(url: string, options: RequestOptions = {}): string {
    using received = this.receive(this.send(url, options));
    return `${received.status} ${received.all()}`;
  }

  /** Ends the body of a request. */
  finish({ body, stream }: Sent, trailers?: Fields): void {
    stream?.[Symbol.dispose]();
    if (body !== undefined) this.types.OutgoingBody.finish(body, trailers);
  }

  close(): void {
    this.sandbox.close();
  }
}

/** A response of which the body has not been read. */
export class Received implements Disposable {
  readonly status: number;
  readonly headers: [string, string][];
  readonly stream: InputStream;
  readonly #body: IncomingBody;
  readonly #response: IncomingResponse;
  readonly #types: HttpTypes;
  #trailers: FutureTrailers | undefined;

  constructor(response: IncomingResponse, types: HttpTypes) {
    this.#types = types;
    this.#response = response;
    this.status = response.status();
    const fields = response.headers();
    this.headers = fields.entries().map(([name, value]) => [name, Buffer.from(value).toString('latin1')]);
    fields[Symbol.dispose]();
    this.#body = response.consume();
    this.stream = this.#body.stream();
  }

  /** Reads the next bytes; `undefined` at the end. */
  next(most = 65_536): Uint8Array | undefined {
    try {
      return this.stream.blockingRead(BigInt(most));
    } catch (error) {
      const { payload } = error as { payload?: Tagged };
      if (payload?.tag === 'closed') return undefined;
      throw error;
    }
  }

  all(): string {
    let all = '';
    for (let part = this.next(); part !== undefined; part = this.next())
      all += Buffer.from(part).toString('latin1');
    return all;
  }

  /** Counts the bytes that are left, without keeping them. */
  count(): number {
    let count = 0;
    for (let part = this.next(2 ** 20); part !== undefined; part = this.next(2 ** 20)) count += part.length;
    return count;
  }

  trailers(): [string, string][] {
    this.stream[Symbol.dispose]();
    this.#trailers = this.#types.IncomingBody.finish(this.#body);
    this.#trailers.subscribe().block();
    const { val } = this.#trailers.get() ?? {};
    if (val?.tag !== 'ok') throw new Error((val?.val as Tagged | undefined)?.tag);
    const fields = val.val as Fields | undefined;
    const entries = fields?.entries() ?? [];
    fields?.[Symbol.dispose]();
    return entries.map(([name, value]) => [name, Buffer.from(value).toString('latin1')]);
  }

  [Symbol.dispose](): void {
    this.stream[Symbol.dispose]();
    this.#body[Symbol.dispose]();
    this.#trailers?.[Symbol.dispose]();
    this.#response[Symbol.dispose]();
  }
}

/** Returns the error code of a stream's error, as `http-error-code` gives it. */
export function streamError(client: HttpClient, error: unknown): string | undefined {
  const { payload } = error as { payload?: Tagged };
  const types = client.types as unknown as { httpErrorCode: (error: unknown) => Tagged | undefined };
  return types.httpErrorCode(payload?.val)?.tag;
}

export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
