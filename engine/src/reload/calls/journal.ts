import type { CarrierInstance, PluginError } from '@wasm-plugin/abi';
import type { Eventual } from '../eventual.js';
import { functionAt, resourceIn, type ExportPath } from './wrap-exports.js';

/** Bounds of the calls that are remembered. */
export interface JournalBounds {
  /** @default 10,000 */
  readonly calls?: number;
  /** All arguments together, as far as they are bytes, text or lists. @default 16 MiB */
  readonly bytes?: number;
}

/**
 * Rule for the calls since the swap when the old instance comes back, which has the state of the swap. `when-safe`: repeats the
 * answered calls, then the call that trapped, if the new instance has called no host import since the swap, so that nothing
 * outside happens twice. `always`: repeats them in any case. `never`: drops them.
 */
export type CatchUp = 'when-safe' | 'always' | 'never';

/** A call that is remembered. */
export interface JournalEntry {
  readonly path: ExportPath;
  /** A copy: callers may use theirs again. */
  readonly args: readonly unknown[];
  /** True if it returned, or the guest refused it. Others are not made again. */
  answered: boolean;
}

/**
 * The calls that an instance has answered since its state was last known. Run again in an instance with that state, they
 * bring it to where the first one was, as long as neither asked the host for anything in between.
 */
export class Journal {
  readonly #bounds: Required<JournalBounds>;
  #instance: CarrierInstance | undefined;
  /** True if the instance had called the host when the journal was sealed. */
  #sealed = false;
  #hostCalls: number;
  #entries: JournalEntry[] = [];
  #bytes = 0;
  #count = 0;
  #askAgainAt: number;
  /** Reason for which calls of this instance can bypass the journal. */
  readonly #unseen: string | undefined;
  #gap: string | undefined;

  constructor(instance: CarrierInstance, { calls = 10_000, bytes = 16 * 2 ** 20 }: JournalBounds = {}) {
    this.#bounds = { calls, bytes };
    this.#askAgainAt = calls;
    this.#instance = instance;
    this.#hostCalls = hostCallsOf(instance);
    const resource = resourceIn(instance.exports);
    this.#unseen = resource && `it exports the resource "${resource}", whose calls are not written down`;
  }

  /** Number of calls, remembered or not. */
  get count(): number {
    return this.#count;
  }

  /** Reason for which the journal lacks calls; `undefined` if it is complete. */
  get gap(): string | undefined {
    return this.#unseen ?? this.#gap;
  }

  /** Returns whether every call is remembered. */
  get whole(): boolean {
    return this.gap === undefined;
  }

  /** Returns whether it is time to know the state anew: the next call may not fit any more, or many did not. */
  get full(): boolean {
    if (!this.whole) return this.#count >= this.#askAgainAt;
    return this.#entries.length >= this.#bounds.calls || this.#bytes >= this.#bounds.bytes;
  }

  /** Returns whether the instance has called the host: then its calls may have changed the world outside, or depended on it. */
  get calledHost(): boolean {
    return this.#instance === undefined ? this.#sealed : hostCallsOf(this.#instance) !== this.#hostCalls;
  }

  /** Reason against repeating the calls on another instance; `undefined` if they may be repeated. */
  obstacle(catchUp: CatchUp): string | undefined {
    if (this.gap !== undefined) return this.gap;
    if (catchUp === 'never') return 'the option "catchUp" is "never"';
    return catchUp === 'when-safe' && this.calledHost ? 'they have called the host' : undefined;
  }

  /**
   * Counts a call that is about to be made, and remembers it.
   * @returns `undefined` if it is not remembered
   */
  add(path: ExportPath, args: readonly unknown[]): JournalEntry | undefined {
    this.#count++;
    if (!this.whole) return undefined;
    if (this.full) {
      this.#forget('there were more calls than are remembered');
      return undefined;
    }
    try {
      const copied = args.every(isPlain) ? args : structuredClone(args);
      this.#bytes += sizeOf(copied);
      const entry = { path, args: copied, answered: false };
      this.#entries.push(entry);
      return entry;
    } catch {
      // A resource cannot be copied, and means nothing to another instance.
      this.#forget(`an argument of "${path.join('#')}" cannot be copied`);
      return undefined;
    }
  }

  /** Does not count a call: it was not let in, ended the instance, or came after that. */
  drop(): void {
    this.#count--;
  }

  /** The state is being asked for: if that fails, it is not time again before as many calls as are remembered. */
  postpone(): void {
    this.#askAgainAt = this.#count + this.#bounds.calls;
  }

  /** Begins anew: the state is known now, and no call is on its way. */
  clear(): void {
    this.#entries = [];
    this.#bytes = this.#count = 0;
    this.#gap = undefined;
    this.#askAgainAt = this.#bounds.calls;
    if (this.#instance !== undefined) this.#hostCalls = hostCallsOf(this.#instance);
  }

  /** Ends it: nobody calls the instance through it any more, and it holds on to nothing of it. */
  seal(): void {
    if (this.#instance === undefined) return;
    this.#sealed = this.calledHost;
    this.#instance = undefined;
  }

  /**
   * Repeats the answered calls without waiting in between: an instance runs them in their order. Their results and errors went
   * to the callers before, and are dropped.
   * @returns a promise if the calls return promises
   * @throws {PluginError} the cause of the instance's death
   */
  replay(instance: CarrierInstance): Eventual<void> {
    const answers: Promise<unknown>[] = [];
    for (const { path, args, answered } of this.#entries) {
      if (!answered) continue;
      try {
        const answer = functionAt(instance.exports, path)?.(...args);
        if (answer instanceof Promise) answers.push(answer);
      } catch (error) {
        if (instance.state !== 'ready') throw error;
      }
    }
    if (answers.length === 0) return undefined;
    return Promise.allSettled(answers).then(() => {
      if (instance.state !== 'ready') throw instance.death as PluginError;
    });
  }

  #forget(gap: string): void {
    this.#gap = gap;
    this.#entries = [];
    this.#bytes = 0;
  }
}

/** Calls of the host since the instance was started; a carrier that does not count them has to be taken to make some. */
function hostCallsOf(instance: CarrierInstance): number {
  return instance.usage().hostCalls ?? NaN;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length * 2;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce<number>((sum, part) => sum + sizeOf(part), 8);
}
