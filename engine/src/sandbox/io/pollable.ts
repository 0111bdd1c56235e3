import { HOST_ONLY, hostOnly } from '../host-only.js';
import { READY, type Source, type Waiter } from '../waiter.js';

let sourceOf: (pollable: Pollable) => Source;

/** The resource `pollable` of `wasi:io/poll`. */
export class Pollable {
  readonly #source: Source;
  readonly #waiter: Waiter | undefined;

  static {
    sourceOf = (pollable) => pollable.#source;
  }

  /** @param waiter may be left out for a source that is always ready */
  constructor(key: typeof HOST_ONLY, source: Source, waiter?: Waiter) {
    hostOnly(key);
    this.#source = source;
    this.#waiter = waiter;
  }

  ready(): boolean {
    return this.#source.ready();
  }

  block(): void {
    if (!this.#source.ready()) this.#waiter?.wait([this.#source]);
  }
}

/** A pollable that is always ready: one object for all requests of a guest. */
export const READY_POLLABLE = new Pollable(HOST_ONLY, READY);

/** The interface `wasi:io/poll`. */
export function pollImports(waiter: Waiter): Record<string, unknown> {
  return { Pollable, poll: (pollables: Pollable[]) => waiter.wait(pollables.map(sourceOf)) };
}
