import { GuestError, QuotaError, type PluginError } from '@wasm-plugin/abi';
import type { CallUse, ComponentCallable, LiftSpec } from '../../canonical/index.js';
import type { AsyncCallable, Caller } from '../caller.js';
import type { Ending, Scheduler } from '../scheduler.js';

/** Options of one call of an async function, behind its arguments. */
export interface AsyncCallOptions {
  /** Asks the function to end early. The promise then rejects with its reason, unless the function returns after all. */
  signal?: AbortSignal;
}

/** Makes the function of JavaScript of an async function of a component: it returns a promise. */
export function hostExport(
  spec: Pick<LiftSpec, 'type' | 'method'>,
  callable: AsyncCallable,
  scheduler: Scheduler,
): ComponentCallable {
  const { length } = spec.type.params;
  const isResult = spec.type.result?.kind === 'result';
  const call = (args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const signal = (args[length] as AsyncCallOptions | undefined)?.signal;
      signal?.throwIfAborted();
      new ExportCall(args, { resolve, reject, scheduler, signal, isResult }).begin(callable);
    });
  if (!spec.method) return (...args) => call(args);
  return function (this: unknown, ...args) {
    return call([this, ...args]);
  };
}

interface Parts {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  scheduler: Scheduler;
  signal: AbortSignal | undefined;
  /** True if the function returns a result, whose error case is thrown. */
  isResult: boolean;
}

/** A call that the host has made. */
class ExportCall implements Caller, Ending {
  readonly #args: readonly unknown[];
  readonly #parts: Parts;
  #hasFailed = false;
  #abort: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(args: readonly unknown[], parts: Parts) {
    this.#args = args;
    this.#parts = parts;
  }

  begin(callable: AsyncCallable): void {
    const { scheduler, signal, reject } = this.#parts;
    const { root } = scheduler;
    if (root.death !== undefined) throw root.death;
    scheduler.add(this);
    this.#startTimer();
    const use: CallUse = { fuel: 0, timeMs: 0, hostBytes: 0, hostCalls: 0 };
    try {
      const callee = scheduler.within(use, () => {
        const called = callable(this);
        // Otherwise its failure has ended the call already.
        if (!this.#hasFailed) root.leave();
        return called;
      });
      if (signal === undefined || !scheduler.has(this)) return;
      this.#abort = () => scheduler.post(() => callee.requestCancel(), use);
      signal.addEventListener('abort', this.#abort);
    } catch (error) {
      this.#close();
      reject(error);
    }
  }

  /** The time that the call may take, with all that it waits for. */
  #startTimer(): void {
    const { root } = this.#parts.scheduler;
    const allowed = root.meter?.wallMs ?? Infinity;
    if (allowed === Infinity) return;
    const started = performance.now();
    const { plugin } = root;
    this.#timer = setTimeout(() => {
      const used = performance.now() - started;
      root.kill(new QuotaError('WP_QUOTA_WALL', { limit: 'wallMs', unit: 'ms', allowed, used, plugin }));
    }, allowed);
    // Nothing but the call itself keeps a process alive.
    (this.#timer as { unref?(): void }).unref?.();
  }

  start(): readonly unknown[] {
    return this.#args;
  }

  resolve(value: unknown): void {
    this.#close();
    const { resolve, reject, scheduler, isResult } = this.#parts;
    if (!isResult) {
      resolve(value);
      return;
    }
    const { tag, val } = value as { tag: string; val: unknown };
    if (tag === 'err') reject(new GuestError(val, { plugin: scheduler.root.plugin }));
    else resolve(val);
  }

  cancelled(): void {
    this.#close();
    this.#parts.reject(this.#parts.signal?.reason);
  }

  failed(error: unknown): void {
    this.#hasFailed = true;
    this.#close();
    this.#parts.reject(error);
  }

  end(error: PluginError): void {
    this.#close();
    this.#parts.reject(error);
  }

  #close(): void {
    this.#parts.scheduler.remove(this);
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#abort !== undefined) this.#parts.signal?.removeEventListener('abort', this.#abort);
  }
}
