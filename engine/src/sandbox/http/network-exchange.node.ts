import type { ClientRequest, IncomingMessage } from 'node:http';
import { failureFrom, Refused } from './error-code.node.js';
import { openRequest } from './open-request.node.js';
import {
  PART_BYTES,
  type RequestMessage,
  type RequestThreadData,
  type ResponseMessage,
} from './request-message.js';
import type { WireFields, WireRequest } from './transport.js';

/** Default bound of each step, if neither the guest nor the host sets one. */
const TIMEOUT_MS = 30_000;
const MOST_TIMEOUT_MS = 2 ** 31 - 1;

/** Options of a `NetworkExchange`. */
export interface NetworkExchangeOptions {
  id: number;
  request: WireRequest;
  /** Most bytes of the response that may wait unread in the guest's thread. */
  windowBytes: number;
  rules: RequestThreadData;
  post: (message: ResponseMessage) => void;
  /** Nothing more comes of it. */
  onOver: () => void;
}

/** A request and its response on the network. Failures are reported as error codes. */
export class NetworkExchange {
  readonly #options: NetworkExchangeOptions;
  readonly #abort = new AbortController();
  readonly #times: { connect: number; firstByte: number; betweenBytes: number };
  readonly #total: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Error of the step that the timer bounds. */
  #late = new Refused({ tag: 'connection-timeout' });
  #request: ClientRequest | undefined;
  /** Actions of the guest from before the connection. */
  #early: ((request: ClientRequest) => void)[] = [];
  #unsent = 0;
  #bodyEnded: boolean;
  #credit: number;
  #moreCredit: (() => void) | undefined;
  #response: IncomingMessage | undefined;
  #responded = false;
  #over = false;

  constructor(options: NetworkExchangeOptions) {
    this.#options = options;
    const { request, rules, windowBytes } = options;
    this.#credit = windowBytes;
    this.#bodyEnded = request.body === 'none' || request.body === 0;
    this.#times = {
      connect: atMost(request.connectTimeoutMs, rules.connectMs),
      firstByte: atMost(request.firstByteTimeoutMs, rules.firstByteMs),
      betweenBytes: atMost(request.betweenBytesTimeoutMs, rules.betweenBytesMs),
    };
    if (rules.responseMs <= MOST_TIMEOUT_MS) {
      const late = new Refused({ tag: 'HTTP-response-timeout' });
      this.#total = setTimeout(() => this.#fail(late), rules.responseMs);
    }
  }

  async start(): Promise<void> {
    if (this.#over) return;
    const { request: wire, rules } = this.#options;
    this.#arm('connection-timeout', this.#times.connect);
    try {
      const { signal } = this.#abort;
      const onConnected = (): void => this.#progress();
      const onError = (error: Error): void => this.#failRequest(error);
      const request = await openRequest(wire, { rules, signal, onConnected, onError });
      if (this.#over) return void request.destroy();
      this.#request = request;
      request.on('upgrade', () => this.#fail(new Refused({ tag: 'HTTP-protocol-error' })));
      request.on('response', (response) => {
        this.#receive(response).catch((error: unknown) => this.#fail(error));
      });
      if (this.#bodyEnded) request.end();
      else request.flushHeaders();
      for (const work of this.#early) work(request);
      this.#early = [];
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Takes a message of the guest's thread about it. */
  take(message: Exclude<RequestMessage, { kind: 'request' }>): void {
    if (message.kind === 'cancel') return this.#finish();
    if (message.kind === 'credit') {
      this.#credit += message.bytes;
      this.#moreCredit?.();
      return;
    }
    const work =
      message.kind === 'part'
        ? (request: ClientRequest) => this.#send(request, message.bytes)
        : (request: ClientRequest) => this.#endBody(request, message.trailers);
    if (this.#request === undefined) this.#early.push(work);
    else work(this.#request);
  }

  #send(request: ClientRequest, bytes: Uint8Array): void {
    const { id, post } = this.#options;
    this.#unsent++;
    request.write(bytes, (error) => {
      this.#unsent--;
      if (error != null) return this.#failRequest(error);
      if (this.#over) return;
      post({ kind: 'sent', id, bytes: bytes.length + PART_BYTES });
      this.#progress();
    });
    this.#progress();
  }

  #endBody(request: ClientRequest, trailers: WireFields): void {
    this.#bodyEnded = true;
    if (trailers.length > 0) request.addTrailers(trailers as [string, string][]);
    request.end();
    if (this.#responded) this.#finish();
    else this.#progress();
  }

  /** Something went on its way: begins the time that the next step may take. None runs while the guest is to go on. */
  #progress(): void {
    if (this.#response !== undefined || this.#over) return;
    if (this.#unsent > 0) this.#arm('connection-write-timeout', this.#times.betweenBytes);
    else if (this.#bodyEnded) this.#arm('HTTP-response-timeout', this.#times.firstByte);
    else clearTimeout(this.#timer);
  }

  async #receive(response: IncomingMessage): Promise<void> {
    const { id, post, request, rules } = this.#options;
    const { rawHeaders, statusCode: status = 0 } = response;
    this.#response = response;
    clearTimeout(this.#timer);
    const declared = request.method === 'HEAD' ? 0 : Number(response.headers['content-length'] ?? 0);
    refuseLarger(declared, rules.mostBytes);
    post({ kind: 'head', id, status, headers: pairs(rawHeaders) });
    let length = 0;
    const parts = response[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, unknown>;
    for (;;) {
      this.#arm('connection-read-timeout', this.#times.betweenBytes);
      const { done, value } = await parts.next();
      clearTimeout(this.#timer);
      if (this.#over) return;
      if (done === true) break;
      length += value.length;
      refuseLarger(length, rules.mostBytes);
      await this.#forward(value);
    }
    post({ kind: 'end', id, trailers: pairs(response.rawTrailers) });
    this.#responded = true;
    if (this.#bodyEnded) this.#finish();
  }

  /** Posts bytes as far as the guest's thread has room for them, and waits for it to have more. */
  async #forward(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && !this.#over;) {
      if (this.#credit <= PART_BYTES) {
        await new Promise<void>((resolve) => (this.#moreCredit = resolve));
        continue;
      }
      // A copy, which can be handed over: the buffer of Node holds more than these bytes.
      const part = new Uint8Array(bytes.subarray(at, at + this.#credit - PART_BYTES));
      at += part.length;
      this.#credit -= part.length + PART_BYTES;
      this.#options.post({ kind: 'part', id: this.#options.id, bytes: part });
    }
  }

  #arm(tag: string, ms: number): void {
    clearTimeout(this.#timer);
    this.#late = new Refused({ tag });
    this.#timer = setTimeout(() => this.#fail(this.#late), ms);
  }

  /** Once there is a response, it goes on without the rest of the request; if nothing of that is left, it has failed itself. */
  #failRequest(error: Error): void {
    if (this.#over) return;
    const answered = this.#response !== undefined;
    if (answered && this.#bodyEnded && this.#response?.complete === true) return;
    if (!answered || this.#bodyEnded) return this.#fail(error);
    this.#bodyEnded = true;
    const { id, post } = this.#options;
    post({ kind: 'send-failed', id, ...failureFrom(error) });
    if (this.#responded) this.#finish();
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    const { id, post } = this.#options;
    const failure = failureFrom(error);
    const cut = this.#response !== undefined && failure.error.tag === 'connection-terminated';
    post({ kind: 'failed', id, ...failure, ...(cut && { error: { tag: 'HTTP-response-incomplete' } }) });
    this.#finish();
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.onOver();
    this.#early = [];
    clearTimeout(this.#timer);
    clearTimeout(this.#total);
    this.#moreCredit?.();
    this.#abort.abort();
  }
}

function atMost(guest: number | undefined, host: number | undefined): number {
  const ms = guest === undefined ? (host ?? TIMEOUT_MS) : Math.min(guest, host ?? Infinity);
  return Math.min(ms, MOST_TIMEOUT_MS);
}

function refuseLarger(bytes: number, most: number): void {
  if (bytes > most) throw new Refused({ tag: 'HTTP-response-body-size', val: BigInt(bytes) });
}

function pairs(raw: readonly string[]): WireFields {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] as string] as const] : []));
}
