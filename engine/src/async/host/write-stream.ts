import type { PluginError } from '@wasm-plugin/abi';
import { isNumberKind, numbersOf, type ValueType } from '../../canonical/index.js';
import { COPY, type Elements, type Shared, type Source } from '../copy/index.js';
import type { Ending, Scheduler } from '../scheduler.js';
import type { Chunks } from './chunks-of.js';
import { fitting } from './misfit.js';

/** Writes the chunks of a stream of the host to a guest: each is taken when the guest asks for more. */
export function writeStream(shared: Shared, chunks: Chunks, scheduler: Scheduler): void {
  new StreamWriter(shared, chunks, scheduler).waitForReader();
}

class StreamWriter implements Source, Ending {
  readonly owner = undefined;
  readonly #shared: Shared;
  readonly #chunks: Chunks;
  readonly #scheduler: Scheduler;
  #chunk: Elements;
  #at = 0;
  remaining = 0;
  isZero = true;

  constructor(shared: Shared, chunks: Chunks, scheduler: Scheduler) {
    this.#shared = shared;
    this.#chunks = chunks;
    this.#scheduler = scheduler;
    scheduler.add(this);
    shared.onDrop = () => this.#stop();
  }

  read(count: number): Elements {
    const from = this.#at;
    this.#at += count;
    this.remaining -= count;
    if (typeof this.#chunk === 'number') return count;
    const chunk = this.#chunk as unknown[] | Uint8Array;
    return Array.isArray(chunk) ? chunk.slice(from, from + count) : chunk.subarray(from, from + count);
  }

  /** Offers nothing: that is taken once the guest reads. */
  waitForReader(): void {
    this.remaining = 0;
    this.isZero = true;
    this.#shared.copy({
      direction: 'write',
      place: this,
      onCopy: () => undefined,
      onDone: (result) => {
        if (result === COPY.completed) this.#pull();
      },
    });
  }

  #pull(): void {
    const post = (step: () => void): void => this.#scheduler.post(step);
    this.#chunks.next().then(
      ({ done, value }) => post(() => (done === true ? this.#shared.drop() : this.#offer(value))),
      () => post(() => this.#shared.drop()),
    );
  }

  #offer(chunk: unknown): void {
    const { element } = this.#shared.type;
    this.#chunk = fitting(this.#shared.type, () => elementsOf(chunk, element));
    this.#at = 0;
    this.remaining = typeof this.#chunk === 'number' ? this.#chunk : (this.#chunk as unknown[]).length;
    this.isZero = false;
    if (this.remaining === 0) this.#pull();
    else this.#write();
  }

  #write(): void {
    fitting(this.#shared.type, () => this.#copy());
  }

  #copy(): void {
    this.#shared.copy({
      direction: 'write',
      place: this,
      onCopy: (reclaim) => {
        if (this.remaining > 0) return;
        reclaim();
        this.#scheduler.post(() => this.waitForReader());
      },
      onDone: (result) => {
        if (result !== COPY.completed) return;
        this.#scheduler.post(() => (this.remaining > 0 ? this.#write() : this.waitForReader()));
      },
    });
  }

  /** The guest's end is gone, or ours. */
  #stop(): void {
    this.#scheduler.remove(this);
    this.#chunks.stop();
  }

  end(_error: PluginError): void {
    this.#chunks.stop();
  }
}

function elementsOf(chunk: unknown, element: ValueType | undefined): Elements {
  if (element === undefined) return 1;
  if (!isNumberKind(element.kind)) return [chunk];
  const isOne = typeof chunk === 'number' || typeof chunk === 'bigint';
  return numbersOf(element.kind, isOne ? [chunk] : chunk);
}
