import { PluginError } from '@wasm-plugin/abi';
import { ByteWriter, type ByteReader } from '../value/index.js';
import { beginFrame, FRAME, type Send } from './frame.js';
import { HandleScope } from './handle-scope.js';
import type { HandleTables } from './handle-tables.js';
import type { OfferedFunction } from './hello.js';
import { isErrorCase, Signature, type Outcome } from './signature.js';

/** Facts that a handler gets about its call. */
export interface IncomingCall {
  /** Aborted when the caller withdraws the call, its deadline passes, or the connection ends. */
  readonly signal: AbortSignal;
  /** Milliseconds that the caller waits; `Infinity` if it does not say. */
  readonly deadlineMs: number;
}

/** Runs a function. Throws the error case of its result as an object with a `payload`. */
export type Handler = (args: readonly unknown[], call: IncomingCall) => unknown;

/** A function that this side offers, and its implementation. */
export interface Offer {
  readonly hello: OfferedFunction;
  readonly run: Handler;
}

/** Most heap that the arguments of all calls in progress may take. A call beyond it is refused. */
const MOST_HEAP_BYTES = 512 * 2 ** 20;

/** Options of incoming calls. */
interface IncomingCallsOptions {
  offers: readonly Offer[];
  calls: number;
  send: Send;
  /** Returns true if much data waits to be sent: no further call starts then. */
  isClogged: () => boolean;
  handles: HandleTables;
}

/** A call that runs. Its signal is made if somebody asks for it. */
class RunningCall implements IncomingCall {
  readonly deadlineMs: number;
  /** Heap bytes of its arguments. */
  readonly heapBytes: number;
  /** The handles among its arguments, if its function has any anywhere. */
  readonly scope: HandleScope | undefined;
  isAborted = false;
  #controller: AbortController | undefined;

  constructor(deadlineMs: number, { heapBytes, scope }: Pick<RunningCall, 'heapBytes' | 'scope'>) {
    this.deadlineMs = deadlineMs;
    this.heapBytes = heapBytes;
    this.scope = scope;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.isAborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  abort(): void {
    this.isAborted = true;
    this.#controller?.abort();
  }
}

/** The calls of the other side. */
export class IncomingCalls {
  readonly #offers: readonly Offer[];
  readonly #signatures: readonly Signature[];
  readonly #calls: number;
  readonly #send: Send;
  readonly #running = new Map<number, RunningCall>();
  readonly #writer = new ByteWriter(256, { refers: true });
  /** Heap taken by the arguments of the calls in progress. */
  #heapBytes = 0;
  readonly #isClogged: () => boolean;
  readonly #handles: HandleTables;
  /** Calls that run once the other side has read what it was sent. */
  #held: (() => void)[] = [];
  #idle: (() => void)[] = [];
  #refused: PluginError | undefined;

  constructor({ offers, calls, send, isClogged, handles }: IncomingCallsOptions) {
    this.#isClogged = isClogged;
    this.#handles = handles;
    this.#offers = offers;
    const codecs = handles.codecs('mine');
    this.#signatures = offers.map((offer) => new Signature(offer.hello, codecs));
    this.#calls = calls;
    this.#send = send;
  }

  /**
   * Takes a call, or a batch of calls of one function, which run one after the other.
   * @throws {Error} the call breaks the protocol
   */
  take(id: number, reader: ByteReader, isBatch = false): void {
    if (this.#running.has(id)) throw new Error(`the call ${id} is made twice`);
    if (this.#running.size >= this.#calls) throw new Error(`more than ${this.#calls} calls at once`);
    const index = reader.unsigned(0xffff_ffff);
    const deadlineMs = reader.unsigned(0xffff_ffff) || Infinity;
    const signature = this.#signatures[index];
    const offer = this.#offers[index];
    if (signature === undefined || offer === undefined) throw new Error(`there is no function ${index}`);
    const scope = signature.hasHandles ? new HandleScope() : undefined;
    const batch = isBatch ? readBatch(signature, reader) : undefined;
    const args =
      batch !== undefined
        ? []
        : scope === undefined
          ? signature.readArguments(reader)
          : this.#handles.within(scope, () => signature.readArguments(reader));
    const heapBytes = reader.charged;
    const call = new RunningCall(deadlineMs, { heapBytes, scope });
    this.#running.set(id, call);
    this.#heapBytes += heapBytes;
    if (this.#heapBytes > MOST_HEAP_BYTES) {
      const reason = `the arguments of all calls under way take more than ${MOST_HEAP_BYTES} bytes`;
      return this.#fail(id, new PluginError('WP_BRIDGE', reason), false);
    }
    const timer = Number.isFinite(deadlineMs)
      ? setTimeout(() => call.abort(), Math.min(deadlineMs, 2 ** 31 - 1))
      : undefined;
    const answer = (...outcomes: Outcome[]): void => {
      clearTimeout(timer);
      this.#answer(id, signature, outcomes);
    };

    const run = (): void => {
      if (this.#refused !== undefined) {
        clearTimeout(timer);
        return this.#fail(id, this.#refused, false);
      }
      if (batch !== undefined)
        return void runBatch(offer.run, batch, call).then(
          (outcomes) => answer(...outcomes),
          (thrown: unknown) => answer({ thrown }),
        );
      scope?.commit();
      let result: unknown;
      try {
        result = offer.run(args, call);
      } catch (thrown) {
        return answer({ thrown });
      }
      if (!isThenable(result)) return answer({ value: result });
      result.then(
        (value) => answer({ value }),
        (thrown: unknown) => answer({ thrown }),
      );
    };
    if (this.#isClogged()) this.#held.push(run);
    else run();
  }

  /** Begins calls that were held back. */
  resume(): void {
    const held = this.#held;
    this.#held = [];
    for (const [index, run] of held.entries()) {
      if (this.#isClogged()) return void this.#held.unshift(...held.slice(index));
      run();
    }
  }

  /** Fails calls that come from now on: they do not run. */
  refuse(error: PluginError): void {
    this.#refused = error;
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }

  /** Settles when no call is running. */
  idle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Nobody waits for the answers any more. */
  close(): void {
    this.#held = [];
    for (const call of this.#running.values()) call.abort();
  }

  #answer(id: number, signature: Signature, outcomes: readonly Outcome[]): void {
    const writer = this.#writer;
    beginFrame(writer, FRAME.result, id);
    try {
      if (signature.hasHandles) {
        const scope = new HandleScope();
        this.#handles.within(scope, () => signature.writeResult(writer, outcomes[0] as Outcome));
        scope.commit();
      } else for (const outcome of outcomes) signature.writeResult(writer, outcome);
    } catch (error) {
      return this.#fail(id, error, true);
    }
    this.#finish(id, writer);
  }

  #fail(id: number, error: unknown, mayHaveRun: boolean): void {
    if (!mayHaveRun) this.#running.get(id)?.scope?.undo();
    const writer = this.#writer;
    beginFrame(writer, FRAME.error, id);
    writer.string(PluginError.is(error) ? error.code : 'WP_TRAP_HOST');
    writer.string(error instanceof Error ? error.message : String(error));
    writer.u8(mayHaveRun ? 1 : 0);
    this.#finish(id, writer);
  }

  #finish(id: number, message: ByteWriter): void {
    const call = this.#running.get(id);
    this.#heapBytes -= call?.heapBytes ?? 0;
    this.#running.delete(id);
    call?.scope?.end();
    this.#send(message, { id, answer: true });
    if (this.#running.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** Calls of a batch, at most. */
export const MOST_BATCH = 1024;

function readBatch(signature: Signature, reader: ByteReader): unknown[][] {
  const count = reader.unsigned(0xffff_ffff);
  if (count < 1 || count > MOST_BATCH)
    throw new Error(`a batch of ${count} calls; 1 to ${MOST_BATCH} are taken`);
  if (signature.hasHandles) throw new Error(`a batch of "${signature.name}", which has resources`);
  return signature.readBatch(reader, count);
}

/** Runs calls one after the other, until one throws what is no error case of its result. */
async function runBatch(run: Handler, batch: readonly unknown[][], call: RunningCall): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const args of batch) {
    if (call.isAborted)
      throw new PluginError('WP_BRIDGE', `the batch was withdrawn after ${outcomes.length} calls`);
    try {
      const result = run(args, call);
      outcomes.push({ value: isThenable(result) ? await result : result });
    } catch (thrown) {
      if (!isErrorCase(thrown)) return [{ thrown }];
      outcomes.push({ thrown });
    }
  }
  return outcomes;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
