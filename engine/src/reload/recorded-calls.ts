import type { CarrierInstance } from '@wasm-plugin/abi';
import { Journal, type JournalBounds } from './journal.js';
import type { Exports } from './subject.js';
import { wrapExports, type ExportedFunction, type ExportPath } from './wrap-exports.js';

/** A call that ended the instance it was made to. */
export interface FailedCall {
  readonly error: unknown;
  readonly path: ExportPath;
  readonly args: readonly unknown[];
}

/** Who wants to know about calls. */
export interface CallListener {
  /** A call was answered: it returned, or the guest refused it. */
  answered(): void;
  /** A call ended the instance. Gives the answer in its place, or throws. */
  died(call: FailedCall): unknown;
}

/** The exports of an instance, with every call written down. */
export class RecordedCalls {
  readonly journal: Journal;
  readonly exports: Exports;
  readonly #instance: CarrierInstance;
  #listener: CallListener;

  constructor(instance: CarrierInstance, listener: CallListener, bounds?: JournalBounds) {
    this.#instance = instance;
    this.#listener = listener;
    this.journal = new Journal(instance, bounds);
    this.exports = wrapExports(
      instance.exports,
      (target, path) =>
        (...args) =>
          this.#call(target, path, args),
    );
  }

  /** Lets somebody else know from now on. */
  listen(listener: CallListener): void {
    this.#listener = listener;
  }

  #call(target: ExportedFunction, path: ExportPath, args: readonly unknown[]): unknown {
    this.journal.add(path, args);
    let result: unknown;
    try {
      result = target(...args);
    } catch (error) {
      return this.#failed({ error, path, args });
    }
    if (result instanceof Promise) {
      return result.then(
        (value: unknown) => {
          this.#listener.answered();
          return value;
        },
        (error: unknown) => this.#failed({ error, path, args }),
      );
    }
    this.#listener.answered();
    return result;
  }

  #failed(call: FailedCall): unknown {
    if (this.#instance.state === 'ready') {
      this.#listener.answered();
      throw call.error;
    }
    this.journal.dropLast();
    return this.#listener.died(call);
  }
}
