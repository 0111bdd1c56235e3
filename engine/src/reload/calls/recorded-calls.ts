import { PluginError, type CarrierInstance } from '@wasm-plugin/abi';
import { Journal, type JournalBounds, type JournalEntry } from './journal.js';
import type { Exports } from '../subject.js';
import { wrapExports, type ExportedFunction, type ExportPath } from './wrap-exports.js';

/** A call that ended the instance it was made to, or that this one did not live to see. */
export interface FailedCall {
  readonly error: unknown;
  readonly path: ExportPath;
  readonly args: readonly unknown[];
}

/** Receives the results of calls. */
export interface CallListener {
  /** A call was answered: it returned, or the guest refused it. */
  answered(): void;
  /** A call ended the instance, or came after its end. Returns the answer in its place, or throws. */
  died(call: FailedCall): unknown;
}

/** The exports of an instance, with every call written down. */
export class RecordedCalls {
  readonly journal: Journal;
  readonly exports: Exports;
  readonly #instance: CarrierInstance;
  #listener: CallListener;
  #onTheirWay = 0;
  #whenQuiet: (() => void)[] = [];

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

  /** Settles once no call that gave a promise is on its way; `undefined` if none is. */
  get quiet(): Promise<void> | undefined {
    if (this.#onTheirWay === 0) return undefined;
    return new Promise((resolve) => this.#whenQuiet.push(resolve));
  }

  #call(target: ExportedFunction, path: ExportPath, args: readonly unknown[]): unknown {
    const entry = this.journal.add(path, args);
    const call = { path, args: entry?.args ?? args };
    let result: unknown;
    try {
      result = target(...args);
    } catch (error) {
      return this.#failed({ ...call, error }, entry);
    }
    if (!(result instanceof Promise)) {
      this.#answered(entry);
      return result;
    }
    this.#onTheirWay++;
    return result.then(
      (value: unknown) => {
        this.#arrived();
        this.#answered(entry);
        return value;
      },
      (error: unknown) => {
        this.#arrived();
        return this.#failed({ ...call, error }, entry);
      },
    );
  }

  #arrived(): void {
    if (--this.#onTheirWay > 0) return;
    for (const resolve of this.#whenQuiet.splice(0)) resolve();
  }

  #answered(entry: JournalEntry | undefined): void {
    if (entry !== undefined) entry.answered = true;
    this.#listener.answered();
  }

  #failed(call: FailedCall, entry: JournalEntry | undefined): unknown {
    if (this.#instance.state === 'ready') {
      if (wasKeptOut(call.error)) this.journal.drop();
      else this.#answered(entry);
      throw call.error;
    }
    this.journal.drop();
    return this.#listener.died(call);
  }
}

/** Returns whether a call was not let into an instance, which is usable: it was within another call, or between two versions. */
function wasKeptOut(error: unknown): boolean {
  return PluginError.is(error) && (error.code === 'WP_TRAP_ABI' || error.code === 'WP_LIFECYCLE');
}
