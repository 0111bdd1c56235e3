import { isNumberKind, numbersOf } from '../../canonical/index.js';
import type { Elements, Shared, Source } from '../copy/index.js';
import type { Scheduler } from '../scheduler.js';

/** Writes the value of a promise of the host, or a plain value, to a guest. */
export function writeFuture(shared: Shared, value: unknown, scheduler: Scheduler): void {
  Promise.resolve(value).then(
    (settled) => scheduler.post(() => write(shared, settled)),
    (error: unknown) =>
      scheduler.post(() => {
        throw error;
      }),
  );
}

function write(shared: Shared, value: unknown): void {
  shared.copy({
    direction: 'write',
    place: new FutureWriter(shared, value),
    onCopy: () => undefined,
    onDone: () => undefined,
  });
}

class FutureWriter implements Source {
  readonly owner = undefined;
  readonly isZero = false;
  readonly remaining = 1;
  readonly #elements: Elements;

  constructor({ type: { element } }: Shared, value: unknown) {
    this.#elements = element !== undefined && isNumberKind(element.kind) ? numbersOf(element.kind, [value]) : [value];
  }

  read(): Elements {
    return this.#elements;
  }
}
