import type { PluginError } from '@wasm-plugin/abi';
import { errorPayload, failedLower, type ComponentCallable, type LowerSpec } from '../../canonical/index.js';
import type { AsyncCallable, Callee, Caller } from '../caller.js';
import type { Ending, Scheduler } from '../scheduler.js';

/** Context of one call of an async function of the host, passed behind its arguments. */
export class HostCallContext {
  #controller: AbortController | undefined;

  /** Is aborted once the guest no longer wants the result. */
  get signal(): AbortSignal {
    return (this.#controller ??= new AbortController()).signal;
  }

  /** Aborts the signal, if anybody has asked for it. */
  static abort(context: HostCallContext, reason: unknown): void {
    context.#controller?.abort(reason);
  }
}

/** Makes an async function of a function of the host, which returns a value or a promise. */
export function hostImport(
  spec: Omit<LowerSpec, 'callee'>,
  func: ComponentCallable,
  scheduler: Scheduler,
): AsyncCallable {
  return (caller) => new HostCall(spec, caller, scheduler).begin(func);
}

type Outcome = { value: unknown } | { error: unknown };

/** A call that a guest has made. */
class HostCall implements Callee, Ending {
  readonly #spec: Omit<LowerSpec, 'callee'>;
  readonly #caller: Caller;
  readonly #scheduler: Scheduler;
  readonly #context = new HostCallContext();
  #isSettled = false;

  constructor(spec: Omit<LowerSpec, 'callee'>, caller: Caller, scheduler: Scheduler) {
    this.#spec = spec;
    this.#caller = caller;
    this.#scheduler = scheduler;
  }

  begin(func: ComponentCallable): this {
    const { root } = this.#scheduler;
    const args = this.#caller.start();
    root.leaveGuest();
    const outcome = attempt(() => func(...args, this.#context));
    const promise = 'value' in outcome ? promiseIn(outcome.value) : undefined;
    root.enterGuest();
    if (promise === undefined) this.#settle(outcome);
    else this.#wait(promise);
    root.endHostCall();
    return this;
  }

  #wait(promise: Promise<unknown>): void {
    const scheduler = this.#scheduler;
    const { use } = scheduler;
    scheduler.add(this);
    promise.then(
      (value) => scheduler.post(() => this.#settle({ value }), use),
      (error: unknown) => scheduler.post(() => this.#settle({ error }), use),
    );
  }

  #settle(outcome: Outcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#scheduler.remove(this);
    let returned = false;
    let value: unknown;
    try {
      value = this.#valueOf(outcome);
      returned = true;
      this.#caller.resolve(value);
    } catch (error) {
      throw failedLower(this.#spec as LowerSpec, error, { returned, value });
    }
  }

  #valueOf(outcome: Outcome): unknown {
    const isResult = this.#spec.type.result?.kind === 'result';
    if ('value' in outcome) return isResult ? { tag: 'ok', val: outcome.value } : outcome.value;
    if (!isResult) throw outcome.error;
    return { tag: 'err', val: errorPayload(outcome.error) };
  }

  requestCancel(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#scheduler.remove(this);
    HostCallContext.abort(this.#context, new DOMException('the guest has cancelled the call', 'AbortError'));
    this.#caller.cancelled();
  }

  end(error: PluginError): void {
    this.#isSettled = true;
    HostCallContext.abort(this.#context, error);
  }
}

function attempt(call: () => unknown): Outcome {
  try {
    return { value: call() };
  } catch (error) {
    return { error };
  }
}

/** Takes a promise, or anything like one, over: whatever it does, it settles once, and not within this call. */
function promiseIn(value: unknown): Promise<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Promise) return value;
  return typeof (value as PromiseLike<unknown>).then === 'function' ? Promise.resolve(value) : undefined;
}
