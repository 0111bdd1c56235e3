import type { HeldBytes } from '../held-bytes.js';
import { PART_BYTES, type RequestMessage, type ResponseMessage } from './request-message.js';
import type { Exchange, WireEnd, WireFailure, WireFields, WireHead, WireRequest } from './transport.js';

/** Most bytes of a body in transit between the threads, in each direction. */
const WINDOW_BYTES = 2 ** 18;
/** With less than that, nothing is asked for. */
const LEAST_WINDOW_BYTES = 2 ** 14;
/** Cost of a header beside its text. */
const FIELD_BYTES = 260;

/** Options of a `ThreadExchange`. */
export interface ThreadExchangeOptions {
  readonly held: HeldBytes;
  /** Takes in the thread's answers, for every exchange. */
  readonly collect: () => void;
  readonly tell: (message: RequestMessage) => void;
}

/** An exchange that a thread of its own makes, as the guest's thread sees it. */
export class ThreadExchange implements Exchange {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly #options: ThreadExchangeOptions;
  readonly #parts: Uint8Array[] = [];
  readonly #windowBytes: number;
  #head: WireHead | undefined;
  #end: WireEnd | WireFailure | undefined;
  #sendFailure: WireFailure | undefined;
  #bodyDone: boolean;
  #cancelled = false;
  /** The part of the request's body that is not in transit to the network. */
  #unsentBytes = 0;
  /** The part of the taken bytes that headers and trailers cost. */
  #fieldBytes = 0;
  /** Bytes that the guest has read since the last report to the thread. */
  #creditBytes = 0;
  /** Bytes taken from the budget for the response: first the window, then the received part of it. */
  #heldBytes: number;

  /** Returns the exchange, or the reason why the budget has no room for it. */
  static open(
    id: number,
    request: WireRequest,
    options: ThreadExchangeOptions,
  ): ThreadExchange | WireFailure {
    const { held } = options;
    const windowBytes = Math.min(WINDOW_BYTES, held.left >> 1);
    if (windowBytes >= LEAST_WINDOW_BYTES && held.take(windowBytes))
      return new ThreadExchange(id, request, { ...options, windowBytes });
    const reason = `what the sandbox holds leaves ${held.left} of ${held.limit} bytes for it`;
    return { error: { tag: 'connection-limit-reached' }, reason };
  }

  constructor(id: number, request: WireRequest, options: ThreadExchangeOptions & { windowBytes: number }) {
    this.id = id;
    this.host = request.host;
    this.port = request.port;
    this.#options = options;
    this.#windowBytes = this.#heldBytes = options.windowBytes;
    this.#bodyDone = request.body === 'none' || request.body === 0;
    options.tell({ kind: 'request', id, request, windowBytes: options.windowBytes });
  }

  /** Takes in a message of the thread. */
  receive(message: Exclude<ResponseMessage, { kind: 'died' | 'closed' }>): void {
    if (this.#cancelled) return;
    const { kind } = message;
    if (kind === 'part') this.#parts.push(message.bytes);
    else if (kind === 'head') this.#begin({ status: message.status, headers: message.headers });
    else if (kind === 'end') this.#complete(message.trailers);
    else if (kind === 'failed') this.finish(message);
    else if (kind === 'send-failed') this.#stopSending(message);
    else this.#giveUnsent(message.bytes);
  }

  finish(end: WireEnd | WireFailure): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    if ('error' in end) this.#stopSending(end);
    const kept = this.#fieldBytes + this.#parts.reduce((sum, part) => sum + part.length + PART_BYTES, 0);
    this.#options.held.give(this.#heldBytes - kept);
    this.#heldBytes = kept;
  }

  #begin(head: WireHead): void {
    if (this.#takeFields(head.headers)) this.#head = head;
    else this.cancel({ error: { tag: 'HTTP-response-header-section-size', val: undefined } });
  }

  #complete(trailers: WireFields): void {
    if (this.#takeFields(trailers)) this.finish({ trailers });
    else this.finish({ error: { tag: 'HTTP-response-trailer-section-size', val: undefined } });
  }

  #takeFields(fields: WireFields): boolean {
    const bytes = fields.reduce((sum, [name, value]) => sum + FIELD_BYTES + name.length + value.length, 0);
    if (!this.#options.held.take(bytes)) return false;
    this.#fieldBytes += bytes;
    this.#heldBytes += bytes;
    return true;
  }

  head(): WireHead | WireFailure | undefined {
    this.#options.collect();
    if (this.#head !== undefined) return this.#head;
    return this.#end !== undefined && 'error' in this.#end ? this.#end : undefined;
  }

  readable(): boolean {
    this.#options.collect();
    return this.#parts.length > 0 || this.#end !== undefined;
  }

  read(most: number): Uint8Array | WireEnd | WireFailure {
    this.#options.collect();
    const [part] = this.#parts;
    if (part === undefined) return this.#end ?? new Uint8Array();
    if (part.length > most) {
      this.#parts[0] = part.subarray(most);
      this.#freed(most);
      return part.subarray(0, most);
    }
    this.#parts.shift();
    this.#freed(part.length + PART_BYTES);
    return part;
  }

  room(): number {
    this.#options.collect();
    return Math.max(0, Math.min(this.#windowBytes - this.#unsentBytes, this.#options.held.left) - PART_BYTES);
  }

  sendFailure(): WireFailure | undefined {
    this.#options.collect();
    return this.#sendFailure;
  }

  send(bytes: Uint8Array): boolean {
    if (this.#bodyDone) return true;
    if (!this.#options.held.take(bytes.length + PART_BYTES)) return false;
    this.#unsentBytes += bytes.length + PART_BYTES;
    this.#options.tell({ kind: 'part', id: this.id, bytes });
    return true;
  }

  endBody(trailers: WireFields): void {
    if (this.#bodyDone) return;
    this.#bodyDone = true;
    this.#options.tell({ kind: 'body-end', id: this.id, trailers });
  }

  cancel(failure: WireFailure = { error: { tag: 'connection-terminated' } }): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    if (this.#end === undefined || !this.#bodyDone) this.#options.tell({ kind: 'cancel', id: this.id });
    this.#parts.length = 0;
    this.finish(failure);
    this.#stopSending(failure);
    this.#options.held.give(this.#heldBytes);
    this.#heldBytes = 0;
  }

  /** The guest has taken so much: as much may come, or is given back if nothing more does. */
  #freed(bytes: number): void {
    if (this.#end !== undefined) {
      this.#heldBytes -= bytes;
      this.#options.held.give(bytes);
      return;
    }
    this.#creditBytes += bytes;
    if (this.#parts.length > 0 && this.#creditBytes < this.#windowBytes / 4) return;
    this.#options.tell({ kind: 'credit', id: this.id, bytes: this.#creditBytes });
    this.#creditBytes = 0;
  }

  #stopSending(failure: WireFailure): void {
    if (!this.#bodyDone) this.#sendFailure = failure;
    this.#bodyDone = true;
    this.#giveUnsent(this.#unsentBytes);
  }

  #giveUnsent(bytes: number): void {
    const freed = Math.min(bytes, this.#unsentBytes);
    this.#unsentBytes -= freed;
    this.#options.held.give(freed);
  }
}
