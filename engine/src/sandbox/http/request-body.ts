import type { HeldBytes } from '../held-bytes.js';
import { streamClosed, streamFailed, type ByteSink } from '../io/index.js';
import type { Waiter } from '../waiter.js';
import { wireFields, type Fields } from './fields.js';
import type { Exchange, HttpErrorCode, WireFailure, WireFields } from './transport.js';

/** Largest piece in which a body is kept until it is sent. */
const MOST_PIECE_BYTES = 2 ** 16;
const LEAST_PIECE_BYTES = 2 ** 10;

/**
 * The body of a request while the guest writes it. Until its request is sent it is kept, as far as the budget allows; from then
 * on it flows, and the host holds no more than a window of it.
 */
export class RequestBody {
  readonly #held: HeldBytes;
  readonly #waiter: Waiter;
  /** The length that the request's headers name. */
  readonly #declared: number | undefined;
  readonly #pieces: { bytes: Uint8Array; used: number }[] = [];
  #keptBytes = 0;
  #written = 0;
  #state: 'open' | 'finished' | 'dropped' = 'open';
  #trailers: WireFields = [];
  #exchange: Exchange | undefined;
  #failure: WireFailure | undefined;
  #start: (() => void) | undefined;

  constructor(options: { held: HeldBytes; waiter: Waiter; declared: number | undefined }) {
    this.#held = options.held;
    this.#waiter = options.waiter;
    this.#declared = options.declared;
  }

  /** Returns true if the length is known, or known to stay unknown. */
  get isSettled(): boolean {
    return this.#state !== 'open' || this.#declared !== undefined;
  }

  /** The length to send it with, or why it cannot be sent. */
  get framing(): number | 'chunks' | WireFailure {
    const wrong = this.#state === 'dropped' || (this.#state === 'finished' && this.#isShort);
    if (wrong) return { error: this.#sizeError() };
    if (this.#trailers.length > 0) return 'chunks';
    return this.#declared ?? (this.#state === 'finished' ? this.#written : 'chunks');
  }

  get #isShort(): boolean {
    return this.#declared !== undefined && this.#written !== this.#declared;
  }

  /** Has `start` called when the request should be sent: once the body is complete, or the guest waits, or much of it is kept. */
  whenDue(start: () => void): void {
    this.#start = start;
    if (this.isSettled || this.#written > MOST_PIECE_BYTES) this.due();
  }

  /** The guest waits for something that may depend on it. */
  due(): void {
    const start = this.#start;
    this.#start = undefined;
    start?.();
  }

  /** The request is sent: data kept so far goes first. */
  connect(exchange: Exchange): void {
    this.#exchange = exchange;
    const pieces = this.#pieces.splice(0);
    this.#held.give(this.#keptBytes);
    this.#keptBytes = 0;
    for (const { bytes, used } of pieces) {
      if (!exchange.send(bytes.slice(0, used))) {
        exchange.cancel({ error: this.#sizeError(), reason: this.#reason() });
        return;
      }
    }
    if (this.#state === 'finished') exchange.endBody(this.#trailers);
  }

  /** It will not be sent. */
  fail(failure: WireFailure): void {
    this.#failure = failure;
    this.#free();
  }

  /** Returns the sink of the body's stream. */
  sink(): ByteSink {
    const source = { ready: () => this.#isReady(), dueNs: undefined };
    return {
      check: () => this.#check(),
      room: () => this.#room(),
      readiness: { source, waiter: this.#waiter },
      flush: () => this.due(),
      write: (bytes) => this.#write(bytes),
    };
  }

  /** @throws {HttpErrorCode} as the payload of the caller's error, if the length is wrong */
  finish(trailers: Fields | undefined): HttpErrorCode | undefined {
    if (this.#state !== 'open') return undefined;
    const sent = trailers === undefined ? [] : wireFields(trailers);
    const refused = sent.length > 0 && this.#declared !== undefined;
    if (this.#isShort || refused) {
      this.drop();
      const val = 'a body with a content-length has no trailers';
      return refused ? { tag: 'internal-error', val } : this.#sizeError();
    }
    this.#trailers = sent;
    this.#state = 'finished';
    this.due();
    if (this.#exchange !== undefined && this.#pieces.length === 0) this.#exchange.endBody(sent);
    return undefined;
  }

  /** The guest will not finish it: a request that is under way ends. */
  drop(): void {
    if (this.#state !== 'open') return;
    this.#state = 'dropped';
    const failure = { error: this.#sizeError() };
    this.#free();
    this.due();
    if (this.#exchange?.sendFailure() === undefined) this.#exchange?.cancel(failure);
  }

  #free(): void {
    this.#pieces.length = 0;
    this.#held.give(this.#keptBytes);
    this.#keptBytes = 0;
  }

  #isReady(): boolean {
    this.due();
    return this.#state !== 'open' || this.#broken !== undefined || this.#room() > 0 || this.#isStuck();
  }

  get #broken(): WireFailure | undefined {
    return this.#failure ?? this.#exchange?.sendFailure();
  }

  /** Returns true if no data in transit will make room: other resources of the sandbox leave none. */
  #isStuck(): boolean {
    return this.#held.left < LEAST_PIECE_BYTES;
  }

  #room(): number {
    return this.#exchange === undefined ? this.#held.left : this.#exchange.room();
  }

  #check(): void {
    if (this.#state !== 'open') throw streamClosed();
    const broken = this.#broken;
    if (broken !== undefined)
      throw streamFailed(`the request ended: ${broken.error.tag}`, { http: broken.error });
  }

  #write(bytes: Uint8Array): void {
    this.#check();
    if (bytes.length === 0) return;
    this.#written += bytes.length;
    if (this.#declared !== undefined && this.#written > this.#declared) throw this.#tooLarge();
    if (this.#exchange === undefined) this.#keep(bytes);
    else if (!this.#exchange.send(bytes.slice())) throw this.#tooLarge();
    if (this.#written > MOST_PIECE_BYTES) this.due();
  }

  #keep(bytes: Uint8Array): void {
    const last = this.#pieces.at(-1);
    if (last !== undefined && last.used + bytes.length <= last.bytes.length) {
      last.bytes.set(bytes, last.used);
      last.used += bytes.length;
      return;
    }
    const capacity = Math.max(bytes.length, Math.min(MOST_PIECE_BYTES, this.#written, this.#held.left));
    const size = Math.max(capacity, LEAST_PIECE_BYTES);
    if (!this.#held.take(size)) throw this.#tooLarge();
    this.#keptBytes += size;
    const piece = new Uint8Array(size);
    piece.set(bytes);
    this.#pieces.push({ bytes: piece, used: bytes.length });
  }

  #tooLarge() {
    return streamFailed(this.#reason(), { http: this.#sizeError() });
  }

  #reason(): string {
    return this.#declared !== undefined && this.#written > this.#declared
      ? `the body is longer than its content-length of ${this.#declared}`
      : `what the sandbox holds may have ${this.#held.limit} bytes, and the body does not fit`;
  }

  #sizeError(): HttpErrorCode {
    return { tag: 'HTTP-request-body-size', val: BigInt(this.#written) };
  }
}
