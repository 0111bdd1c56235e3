import { ERROR_CODES, PluginError, printable, QuotaError, type ErrorCode } from '@wasm-plugin/abi';
import { ByteWriter, type ByteReader } from '../value/index.js';
import { beginFrame, FRAME, MOST_IDS, type Send } from './frame.js';
import { HandleScope } from './handle-scope.js';
import type { HandleTables } from './handle-tables.js';
import type { Signature } from './signature.js';

/** Options of one call. */
export interface CallOptions {
  /** No answer in so many milliseconds fails the call. @default none */
  readonly deadlineMs?: number | undefined;
  /** Withdraws the call. */
  readonly signal?: AbortSignal | undefined;
}

/** A call that waits for its answer. */
interface Pending {
  readonly signature: Signature;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly release: () => void;
  /** The handles among its arguments, if its function has any anywhere. */
  readonly scope: HandleScope | undefined;
  /** The number of calls of a batch. */
  readonly count: number | undefined;
}

/** A call that waits for a place. */
interface Queued {
  go(): void;
  refuse(error: PluginError): void;
}

interface Making extends CallOptions {
  readonly index: number;
  readonly args: readonly unknown[];
  /** The arguments of several calls, in place of `args`. */
  readonly batch?: readonly (readonly unknown[])[];
}

/** Options of `OutgoingCalls`. */
interface OutgoingCallsOptions {
  peer: string;
  send: Send;
  isClogged: () => boolean;
  handles: HandleTables;
}

/** Calls that wait for a place, at most. More are refused, so that memory stays bounded. */
const MOST_QUEUED = 100_000;

/** The calls of this side: the number in progress, and their callers. Each is answered once or failed once. */
export class OutgoingCalls {
  readonly #peer: string;
  readonly #send: Send;
  readonly #writer = new ByteWriter(256, { refers: true });
  readonly #pending = new Map<number, Pending>();
  /** Calls that failed here, and whose answers are still to come. */
  readonly #abandoned = new Map<number, Pending>();
  readonly #handles: HandleTables;
  readonly #isClogged: () => boolean;
  readonly #queue = new Set<Queued>();
  #idle: (() => void)[] = [];
  #places = 0;
  #nextId = 1;
  #refused: PluginError | undefined;

  constructor({ peer, send, isClogged, handles }: OutgoingCallsOptions) {
    this.#peer = peer;
    this.#handles = handles;
    this.#send = send;
    this.#isClogged = isClogged;
  }

  /** Lets calls go: the other side takes so many at once. */
  open(calls: number): void {
    this.#places = calls;
    this.fill();
  }

  call(signature: Signature, making: Making): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#refused !== undefined) return reject(this.#refused);
      if (this.#queue.size >= MOST_QUEUED) {
        return reject(this.#error('WP_BRIDGE', `${MOST_QUEUED} calls wait already`));
      }
      const { deadlineMs, signal } = making;
      let id: number | undefined;
      const end = (error: PluginError): void => {
        if (id !== undefined) return this.#abandon(id, error);
        this.#queue.delete(queued);
        release();
        reject(error);
      };
      const onAbort = (): void =>
        end(this.#error(id === undefined ? 'WP_BRIDGE' : 'WP_BRIDGE_IN_DOUBT', 'the call was withdrawn'));
      const timer =
        deadlineMs === undefined || !Number.isFinite(deadlineMs)
          ? undefined
          : setTimeout(() => end(late(deadlineMs, signature.name)), deadlineMs);
      signal?.addEventListener('abort', onAbort);
      const release = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const go = (): void => {
        try {
          id = this.#freeId();
          const scope = this.#write(id, signature, making);
          this.#pending.set(id, { signature, resolve, reject, release, scope, count: making.batch?.length });
          this.#send(this.#writer, { id, answer: false });
        } catch (error) {
          release();
          reject(error);
        }
      };
      const queued: Queued = { go, refuse: end };
      if (signal?.aborted === true) return onAbort();
      if (this.#queue.size === 0 && this.#hasPlace()) return go();
      this.#queue.add(queued);
    });
  }

  /** Returns true if the call waits for its answer, or did when it was given up. */
  waits(id: number): boolean {
    return this.#pending.has(id) || this.#abandoned.has(id);
  }

  /** @throws {Error} no such call waits for an answer */
  settle(id: number, { failed, reader }: { failed: boolean; reader: ByteReader }): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return this.#settleAbandoned(id, { failed, reader });
    this.#pending.delete(id);
    pending.release();
    try {
      const { scope } = pending;
      if (failed) {
        const error = this.#readError(reader, pending.signature);
        settleScope(scope, error.code === 'WP_BRIDGE');
        pending.reject(error);
      } else {
        settleScope(scope, false);
        pending.resolve(this.#readResult(pending, reader));
      }
    } catch (error) {
      pending.reject(error);
      if (PluginError.is(error) && error.code !== 'WP_GUEST') throw error;
    }
    this.fill();
  }

  /** Takes the answer to a call that nobody waits for any more: only its handles matter. */
  #settleAbandoned(id: number, { failed, reader }: { failed: boolean; reader: ByteReader }): void {
    const abandoned = this.#abandoned.get(id);
    if (abandoned === undefined) throw new Error(`an answer to the call ${id}, which was not made`);
    this.#abandoned.delete(id);
    const { signature, scope } = abandoned;
    if (scope !== undefined) {
      const hasNotRun = failed && this.#readError(reader, signature).code === 'WP_BRIDGE';
      settleScope(scope, hasNotRun);
      if (!failed) this.#handles.received.discard(() => this.#discardResult(abandoned, reader));
    }
    this.fill();
  }

  #discardResult(abandoned: Pending, reader: ByteReader): void {
    try {
      this.#readResult(abandoned, reader);
    } catch (error) {
      if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
    }
  }

  #readResult({ signature, scope, count }: Pending, reader: ByteReader): unknown {
    if (count !== undefined) return signature.readResults(reader, count);
    if (scope === undefined) return signature.readResult(reader);
    const given = new HandleScope();
    const value = this.#handles.within(given, () => signature.readResult(reader));
    given.commit();
    return value;
  }

  /** Refuses calls from now on, and those that wait for a place; those under way go on. */
  refuse(error: PluginError): void {
    this.#refused ??= error;
    for (const queued of this.#queue) queued.refuse(error);
    if (this.#pending.size === 0) this.#settleIdle();
  }

  /** Fails every call: those that were sent are in doubt, those that wait for a place have not run. */
  fail(reason: PluginError): void {
    this.refuse(reason);
    for (const { reject, release, signature } of this.#pending.values()) {
      release();
      reject(
        new PluginError(
          'WP_BRIDGE_IN_DOUBT',
          `Cannot tell whether "${signature.name}" has run: ${reason.message}`,
          { cause: reason },
        ),
      );
    }
    this.#pending.clear();
    this.#settleIdle();
  }

  /** Settles when no call is under way. */
  idle(): Promise<void> {
    if (this.#pending.size === 0 && this.#queue.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /**
   * Sends waiting calls, as long as the other side accepts more, and reads what it was sent. If it does not, the answers to
   * calls in progress begin this again.
   */
  fill(): void {
    for (const queued of this.#queue) {
      if (!this.#hasPlace()) break;
      this.#queue.delete(queued);
      queued.go();
    }
    if (this.#pending.size === 0 && this.#queue.size === 0) this.#settleIdle();
  }

  #hasPlace(): boolean {
    const underWay = this.#pending.size + this.#abandoned.size;
    return underWay < this.#places && (underWay === 0 || !this.#isClogged());
  }

  #settleIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #freeId(): number {
    while (this.waits(this.#nextId)) this.#nextId = (this.#nextId % MOST_IDS) + 1;
    const id = this.#nextId;
    this.#nextId = (id % MOST_IDS) + 1;
    return id;
  }

  #write(id: number, signature: Signature, making: Making): HandleScope | undefined {
    const { index, args, batch, deadlineMs } = making;
    beginFrame(this.#writer, batch === undefined ? FRAME.call : FRAME.batch, id);
    this.#writer.unsigned(index);
    const ms = deadlineMs === undefined || !Number.isFinite(deadlineMs) ? 0 : Math.ceil(deadlineMs);
    this.#writer.unsigned(Math.min(ms, 0xffff_ffff));
    if (batch !== undefined) {
      if (signature.hasHandles)
        throw new TypeError(`Cannot call "${signature.name}" in a batch: it has resources`);
      this.#writer.unsigned(batch.length);
      for (const each of batch) signature.writeArguments(this.#writer, each);
      return undefined;
    }
    if (!signature.hasHandles) return void signature.writeArguments(this.#writer, args);
    const scope = new HandleScope();
    this.#handles.within(scope, () => signature.writeArguments(this.#writer, args));
    return scope;
  }

  #abandon(id: number, error: PluginError): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    this.#abandoned.set(id, pending);
    pending.release();
    pending.reject(error);
    beginFrame(this.#writer, FRAME.cancel, id);
    this.#send(this.#writer, { id, answer: false });
  }

  #readError(reader: ByteReader, { name }: Signature): PluginError {
    const [code, message] = [reader.string(), reader.string()];
    const mayHaveRun = reader.u8() === 1;
    reader.end();
    const text = `Cannot call "${name}" of ${this.#peer}: ${printable(message)} (${printable(code)})`;
    // The other side's own code, if it is one.
    const known = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : undefined;
    const cause = known === undefined ? {} : { cause: new PluginError(known, printable(message)) };
    return new PluginError(mayHaveRun ? 'WP_BRIDGE_IN_DOUBT' : 'WP_BRIDGE', text, cause);
  }

  #error(code: 'WP_BRIDGE' | 'WP_BRIDGE_IN_DOUBT', reason: string): PluginError {
    return new PluginError(code, `Cannot call ${this.#peer}: ${reason}`);
  }
}

/** Settles the handles of a call's arguments once it is answered: those of a call that has not run are this side's again. */
function settleScope(scope: HandleScope | undefined, hasNotRun: boolean): void {
  if (hasNotRun) scope?.undo();
  else scope?.commit();
  scope?.end();
}

function late(deadlineMs: number, name: string): QuotaError {
  return new QuotaError('WP_QUOTA_WALL', {
    limit: 'wallMs',
    unit: 'ms',
    allowed: deadlineMs,
    used: deadlineMs,
    instanceUsable: true,
    reason: `"${name}" did not answer in ${deadlineMs} ms; it may have run`,
  });
}
