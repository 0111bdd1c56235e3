import { randomUUID } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV, type KvEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { PluginError } from '@wasm-plugin/abi';
import { inTime } from '../rpc/index.js';
import { codeOf, isConflict, kvKey } from './kv-entries.js';

/** Place of states, and the time for which an owner holds them without a sign of life. */
export interface OwnedStatesOptions {
  /** @default 'wasm-plugin-states' */
  bucket?: string;
  /** Copies, in a cluster of NATS servers. @default 1 */
  replicas?: number;
  /** Size limit of the bucket in bytes. @default no limit of its own */
  mostBytes?: number;
  /** An owner that did not write for so long may be replaced, in milliseconds. @default 10,000 */
  leaseMs?: number;
}

/** A state that this host owns. */
export interface OwnedState {
  /** The bytes that were saved last, by whichever owner; `undefined` if there are none. */
  readonly state: Uint8Array | undefined;
  /**
   * Saves the state. When the promise resolves, this host was its owner at that moment, and every later owner finds these bytes.
   * @throws {PluginError} WP_STATE another host owns it now, NATS cannot be reached, or its store is full: it is not known to be saved
   */
  save(bytes: Uint8Array): Promise<void>;
  /** Settles when this host is no longer the owner, or cannot tell any more. The plugin must not be called from then on. */
  readonly lost: Promise<PluginError>;
  /** Lets another host take it at once. */
  release(): Promise<void>;
}

/** The owner, before the bytes of the state: its name, or none. */
interface Head {
  owner: string;
  hasState: boolean;
}

/**
 * States of plugins in the key-value store of JetStream, each with one owner. Owner and state are one entry that changes only
 * by compare-and-set: an owner that was replaced cannot write any more, even if it does not know of its replacement.
 */
export class OwnedStates {
  readonly #kv: KV;
  readonly #leaseMs: number;

  private constructor(kv: KV, leaseMs: number) {
    this.#kv = kv;
    this.#leaseMs = leaseMs;
  }

  /** @throws {PluginError} WP_STATE the server has no JetStream, or no room */
  static async open(nats: NatsConnection, options: OwnedStatesOptions = {}): Promise<OwnedStates> {
    const { bucket = 'wasm-plugin-states', replicas = 1, mostBytes, leaseMs = 10_000 } = options;
    try {
      const manager = new Kvm(jetstream(nats));
      const kv = await manager.create(bucket, {
        history: 1,
        replicas,
        ...(mostBytes === undefined ? {} : { max_bytes: mostBytes }),
      });
      return new OwnedStates(kv, leaseMs);
    } catch (error) {
      throw stateError('open the states in NATS', error);
    }
  }

  /**
   * Becomes the owner of a plugin's state: at once if it has none, else once its owner has let it go, or has not written for
   * `leaseMs`.
   * @throws {PluginError} WP_STATE the store cannot be reached, or is full; or `signal` was aborted
   */
  async own(id: string, { signal }: { signal?: AbortSignal } = {}): Promise<OwnedState> {
    const owner = randomUUID();
    for (;;) {
      if (signal?.aborted === true)
        throw stateError(`own the state of "${id}"`, new Error('it was withdrawn'));
      const found = await this.#read(id);
      const { head, state } = parse(found);
      if (head.owner !== '' && !(await this.#isAbandoned(id, { revision: found?.revision ?? 0, signal })))
        continue;
      const revision = await this.#write(id, {
        bytes: format({ owner, hasState: state !== undefined }, state),
        revision: found?.revision ?? 0,
      }).catch((error: unknown) => {
        if (isConflict(error)) return undefined;
        throw stateError(`own the state of "${id}"`, error);
      });
      if (revision !== undefined)
        return new Ownership(this.#kv, { id, owner, revision, state, leaseMs: this.#leaseMs });
    }
  }

  async #read(id: string): Promise<KvEntry | null> {
    try {
      return await this.#kv.get(kvKey(id));
    } catch (error) {
      throw stateError(`read the state of "${id}"`, error);
    }
  }

  #write(id: string, { bytes, revision }: { bytes: Uint8Array; revision: number }): Promise<number> {
    return write(this.#kv, { key: kvKey(id), bytes, revision });
  }

  /** True if an entry stays the same for as long as a lease, by the clock of this host alone. */
  async #isAbandoned(
    id: string,
    { revision, signal }: { revision: number; signal: AbortSignal | undefined },
  ): Promise<boolean> {
    for (let passed = 0; passed < this.#leaseMs;) {
      const step = Math.min(this.#leaseMs / 4, this.#leaseMs - passed);
      await pause(step);
      passed += step;
      if (signal?.aborted === true) return false;
      const entry = await this.#read(id);
      if (entry?.revision !== revision) return false;
    }
    return true;
  }
}

interface OwnershipStart {
  id: string;
  owner: string;
  revision: number;
  state: Uint8Array | undefined;
  leaseMs: number;
}

class Ownership implements OwnedState {
  readonly lost: Promise<PluginError>;
  readonly #kv: KV;
  readonly #start: OwnershipStart;
  readonly #timer: ReturnType<typeof setInterval>;
  #revision: number;
  #state: Uint8Array | undefined;
  #lose: (error: PluginError) => void = () => undefined;
  #over: PluginError | undefined;
  /** Writes go one after the other: each needs the revision of the one before. */
  #last: Promise<unknown> = Promise.resolve();
  #writtenAt = performance.now();

  constructor(kv: KV, start: OwnershipStart) {
    this.#kv = kv;
    this.#start = start;
    this.#revision = start.revision;
    this.#state = start.state;
    this.lost = new Promise((resolve) => (this.#lose = resolve));
    this.#timer = setInterval(() => this.#renew(), start.leaseMs / 4);
    this.#timer.unref();
  }

  get state(): Uint8Array | undefined {
    return this.#state;
  }

  save(bytes: Uint8Array): Promise<void> {
    return this.#enqueue(async () => {
      await this.#write(bytes);
      this.#state = bytes;
    });
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#over !== undefined) return;
    await this.#enqueue(async () => {
      const bytes = format({ owner: '', hasState: this.#state !== undefined }, this.#state);
      await write(this.#kv, { key: kvKey(this.#start.id), bytes, revision: this.#revision });
    }).catch(() => undefined);
    this.#end(stateError(`save the state of "${this.#start.id}"`, new Error('this host has let it go')));
  }

  #renew(): void {
    const { id, leaseMs } = this.#start;
    // Another host may be the owner by now: this one acts on nothing older than its lease, less the time of a write.
    if (performance.now() - this.#writtenAt > leaseMs * 0.75)
      return this.#end(
        stateError(
          `keep the state of "${id}"`,
          new Error(`nothing was written for ${Math.round(leaseMs * 0.75)} ms`),
        ),
      );
    if (performance.now() - this.#writtenAt < leaseMs / 5) return;
    this.#enqueue(() => this.#write(this.#state)).catch(() => undefined);
  }

  #enqueue<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(() => {
      if (this.#over !== undefined) throw this.#over;
      return run();
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #write(state: Uint8Array | undefined): Promise<void> {
    const { id, owner, leaseMs } = this.#start;
    const bytes = format({ owner, hasState: state !== undefined }, state);
    const begun = performance.now();
    try {
      const written = write(this.#kv, { key: kvKey(id), bytes, revision: this.#revision });
      const mostMs = leaseMs / 2;
      this.#revision = await inTime(written, mostMs, () => new Error(`NATS did not answer in ${mostMs} ms`));
      this.#writtenAt = begun;
    } catch (error) {
      const failed = stateError(`save the state of "${id}"`, error);
      // A write whose answer is lost may have happened: the revision is not known any more.
      if (!isRefused(error)) this.#end(failed);
      throw failed;
    }
  }

  #end(error: PluginError): void {
    if (this.#over !== undefined) return;
    this.#over = error;
    clearInterval(this.#timer);
    this.#lose(error);
  }
}

function write(
  kv: KV,
  { key, bytes, revision }: { key: string; bytes: Uint8Array; revision: number },
): Promise<number> {
  return revision === 0 ? kv.create(key, bytes) : kv.update(key, bytes, revision);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function format(head: Head, state: Uint8Array | undefined): Uint8Array {
  const line = encoder.encode(`${JSON.stringify(head)}\n`);
  const bytes = new Uint8Array(line.length + (state?.length ?? 0));
  bytes.set(line);
  if (state !== undefined) bytes.set(state, line.length);
  return bytes;
}

function parse(entry: KvEntry | null): { head: Head; state: Uint8Array | undefined } {
  if (entry === null || entry.operation !== 'PUT')
    return { head: { owner: '', hasState: false }, state: undefined };
  const end = entry.value.indexOf(10);
  const head = JSON.parse(decoder.decode(entry.value.subarray(0, end))) as Head;
  return { head, state: head.hasState ? entry.value.slice(end + 1) : undefined };
}

/** Returns true if the server has said that it wrote nothing, and nobody else has: the store is full, or the state too large. */
function isRefused(error: unknown): boolean {
  return !isConflict(error) && typeof codeOf(error) === 'number';
}

function stateError(what: string, cause: unknown): PluginError {
  const reason = isConflict(cause)
    ? 'another host owns it'
    : cause instanceof Error
      ? cause.message
      : String(cause);
  return new PluginError('WP_STATE', `Cannot ${what}: ${reason}`, { cause });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
