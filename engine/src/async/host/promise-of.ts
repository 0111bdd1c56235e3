import type { PluginError } from '@wasm-plugin/abi';
import { COPY, type Elements, type Shared, type Sink } from '../copy/index.js';
import type { Ending, Scheduler } from '../scheduler.js';

/** Makes the promise of a future that a guest gives to the host. It is read at once. */
export function promiseOf(shared: Shared, scheduler: Scheduler): Promise<unknown> {
  const promise = new Promise((resolve, reject) => {
    const reader = new FutureReader(shared, { resolve, reject, scheduler });
    scheduler.add(reader);
    shared.copy({
      direction: 'read',
      place: reader,
      onCopy: () => undefined,
      onDone: (result) => reader.done(result === COPY.completed),
    });
  });
  // Nobody may ever look at it.
  promise.catch(() => undefined);
  return promise;
}

interface Settling {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  scheduler: Scheduler;
}

class FutureReader implements Sink, Ending {
  readonly owner = undefined;
  readonly isZero = false;
  readonly remaining = 1;
  readonly #shared: Shared;
  readonly #how: Settling;
  #value: unknown;

  constructor(shared: Shared, how: Settling) {
    this.#shared = shared;
    this.#how = how;
  }

  write(elements: Elements): void {
    if (this.#shared.type.element !== undefined) this.#value = (elements as ArrayLike<unknown>)[0];
  }

  done(hasValue: boolean): void {
    this.#how.scheduler.remove(this);
    if (hasValue) this.#how.resolve(this.#value);
  }

  end(error: PluginError): void {
    this.#how.reject(error);
  }
}
