import type { Eventual } from '../eventual.js';
import type { Exports, ReloadSubject, RunningVersion } from '../subject.js';
import { functionAt, wrapExports } from './wrap-exports.js';

/**
 * Sends the calls of a plugin to where they belong, and holds them while somebody wants no call in between. Only calls that
 * give promises can be held.
 */
export class CallGate<Version extends RunningVersion> {
  readonly #subject: ReloadSubject<Version>;
  #exports: Exports | undefined;
  #holders = 0;
  #held: (() => void)[] = [];
  #busy: Promise<void> | undefined;

  constructor(subject: ReloadSubject<Version>) {
    this.#subject = subject;
  }

  /** Sends calls elsewhere, until the next `swap`; `undefined` for the instance that serves. */
  route(exports: Exports | undefined): void {
    this.#exports = exports;
    this.#apply();
  }

  /** Puts another instance behind the exports. */
  swap(next: Version): void {
    this.#exports = undefined;
    this.#subject.swap(next);
    if (this.#holders > 0) this.#apply();
  }

  /**
   * Holds the calls made from now on. Earlier calls are in progress, and are answered before any that the host makes now, since
   * a carrier makes one call at a time.
   * @returns releases them, in their order, to the version that serves then; if several hold them, the last release counts
   */
  hold(): () => void {
    if (++this.#holders === 1) this.#apply();
    return () => {
      if (--this.#holders > 0) return;
      this.#apply();
      for (const go of this.#held.splice(0)) go();
    };
  }

  /** @throws {TrapError} WP_TRAP_ABI in a host import that a call on its way waits for: it would wait for itself */
  refuseReentry(): void {
    this.#subject.current()?.instance.refuseReentry?.();
  }

  /** Settles when work is done that is uninterrupted; `undefined` if none are. Never rejects. */
  get busy(): Promise<void> | undefined {
    return this.#busy;
  }

  /**
   * Does some work with no call in between: at once, or while calls are held. Those who wait for the result go on before the held
   * calls do, so that calls that are made again keep their place.
   */
  uninterrupted<Result>(work: () => Eventual<Result>): Eventual<Result> {
    if (this.#subject.calls === 'sync') return work();
    const release = this.hold();
    const result = (async () => await work())();
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    // One turn later than code that waits for the result itself.
    const busy: Promise<void> = settled.then(() => {
      if (this.#busy === busy) this.#busy = undefined;
      release();
    });
    this.#busy = busy;
    return result;
  }

  get #open(): Exports | undefined {
    return this.#exports ?? this.#subject.current()?.instance.exports;
  }

  #apply(): void {
    this.#subject.route(this.#holders > 0 ? this.#waiting(this.#open ?? {}) : this.#exports);
  }

  #waiting(exports: Exports): Exports {
    return wrapExports(exports, (target, path) => async (...args) => {
      this.refuseReentry();
      const go = async (): Promise<unknown> => await (functionAt(this.#open ?? {}, path) ?? target)(...args);
      return await new Promise((resolve) => this.#held.push(() => resolve(go())));
    });
  }
}
