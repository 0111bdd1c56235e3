import { errorPayload, isNumberKind, numbersOf } from '../../canonical/index.js';
import type { Elements, Shared, Source } from '../copy/index.js';
import type { Scheduler } from '../scheduler.js';
import { fitting, misfit } from './misfit.js';

/**
 * Writes the value of a promise of the host, or a plain value, to a guest. A promise that rejects is an error of the host, unless
 * the future is of a `result`.
 */
export function writeFuture(shared: Shared, value: unknown, scheduler: Scheduler): void {
  const isResult = shared.type.element?.kind === 'result';
  Promise.resolve(value).then(
    (settled) => scheduler.post(() => write(shared, settled)),
    (error: unknown) =>
      scheduler.post(() =>
        write(shared, isResult ? { tag: 'err', val: payloadOf(shared, error) } : failed(shared, error)),
      ),
  );
}

function payloadOf(shared: Shared, error: unknown): unknown {
  try {
    return errorPayload(error);
  } catch {
    return failed(shared, error);
  }
}

function failed({ type }: Shared, error: unknown): never {
  throw misfit(type, error);
}

function write(shared: Shared, value: unknown): void {
  fitting(shared.type, () =>
    shared.copy({
      direction: 'write',
      place: new FutureWriter(shared, value),
      onCopy: () => undefined,
      onDone: () => undefined,
    }),
  );
}

class FutureWriter implements Source {
  readonly owner = undefined;
  readonly isZero = false;
  readonly remaining = 1;
  readonly #elements: Elements;

  constructor({ type: { element } }: Shared, value: unknown) {
    this.#elements =
      element !== undefined && isNumberKind(element.kind) ? numbersOf(element.kind, [value]) : [value];
  }

  read(): Elements {
    return this.#elements;
  }
}
