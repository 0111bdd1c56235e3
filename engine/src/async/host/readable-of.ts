import type { PluginError } from '@wasm-plugin/abi';
import { isNumberKind } from '../../canonical/index.js';
import { COPY, type Elements, type Shared, type Sink } from '../copy/index.js';
import type { Ending, Scheduler } from '../scheduler.js';

/** Elements that one read asks for: numbers, and any others, which are objects of JavaScript each. */
const NUMBERS = 65_536;
const VALUES = 64;

const origins = new WeakMap<ReadableStream, Shared>();

/** Returns the stream of a guest that a stream of JavaScript stands for, if nobody has begun to read it. */
export function originOf(stream: ReadableStream): Shared | undefined {
  const shared = origins.get(stream);
  if (shared === undefined || stream.locked) return undefined;
  origins.delete(stream);
  // From now on it has another reader.
  stream.getReader();
  return shared;
}

/** Makes the stream of JavaScript of one that a guest gives to the host. Elements are read when they are asked for. */
export function readableOf(shared: Shared, scheduler: Scheduler): ReadableStream {
  const reader = new StreamReader(shared, scheduler);
  const stream: ReadableStream = new ReadableStream(
    {
      start: (controller) => reader.open(controller),
      pull: () => {
        origins.delete(stream);
        return reader.pull();
      },
      cancel: () => reader.cancel(),
    },
    { highWaterMark: 0 },
  );
  origins.set(stream, shared);
  return stream;
}

class StreamReader implements Sink, Ending {
  readonly owner = undefined;
  readonly isZero = false;
  readonly remaining: number;
  readonly #shared: Shared;
  readonly #scheduler: Scheduler;
  readonly #isNumbers: boolean;
  #controller: ReadableStreamDefaultController | undefined;

  constructor(shared: Shared, scheduler: Scheduler) {
    const { element } = shared.type;
    this.#shared = shared;
    this.#scheduler = scheduler;
    this.#isNumbers = element !== undefined && isNumberKind(element.kind);
    this.remaining = this.#isNumbers ? NUMBERS : VALUES;
  }

  open(controller: ReadableStreamDefaultController): void {
    this.#controller = controller;
    this.#scheduler.add(this);
  }

  write(elements: Elements, count: number): void {
    if (this.#isNumbers) this.#controller?.enqueue(elements);
    else
      for (let index = 0; index < count; index++)
        this.#controller?.enqueue(typeof elements === 'number' ? undefined : (elements as unknown[])[index]);
  }

  pull(): Promise<void> {
    return new Promise((resolve) => {
      this.#scheduler.enter(() =>
        this.#shared.copy({
          direction: 'read',
          place: this,
          onCopy: (reclaim) => {
            reclaim();
            resolve();
          },
          onDone: (result) => {
            if (result === COPY.dropped) this.#close();
            resolve();
          },
        }),
      );
    });
  }

  cancel(): void {
    this.#scheduler.remove(this);
    this.#controller = undefined;
    if (this.#scheduler.root.death === undefined) this.#scheduler.enter(() => this.#shared.drop());
  }

  end(error: PluginError): void {
    this.#controller?.error(error);
    this.#controller = undefined;
  }

  #close(): void {
    this.#scheduler.remove(this);
    this.#controller?.close();
    this.#controller = undefined;
  }
}
