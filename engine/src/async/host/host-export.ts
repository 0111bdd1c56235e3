import { GuestError, type PluginError } from '@wasm-plugin/abi';
import type { ComponentCallable, LiftSpec } from '../../canonical/index.js';
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

  constructor(args: readonly unknown[], parts: Parts) {
    this.#args = args;
    this.#parts = parts;
  }

  begin(callable: AsyncCallable): void {
    const { scheduler, signal, reject } = this.#parts;
    const { root } = scheduler;
    if (root.death !== undefined) throw root.death;
    scheduler.add(this);
    root.enter(false);
    try {
      const callee = callable(this);
      // Otherwise its failure has ended the call already.
      if (!this.#hasFailed) root.leave();
      if (signal === undefined || !scheduler.has(this)) return;
      this.#abort = () => scheduler.post(() => callee.requestCancel());
      signal.addEventListener('abort', this.#abort);
    } catch (error) {
      this.#close();
      reject(error);
    }
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
    if (this.#abort !== undefined) this.#parts.signal?.removeEventListener('abort', this.#abort);
  }
}
