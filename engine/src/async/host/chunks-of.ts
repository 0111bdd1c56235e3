import { isNumberKind, mismatch, type ValueType } from '../../canonical/index.js';

/** The chunks of a stream of the host, one after the other. */
export interface Chunks {
  next(): Promise<IteratorResult<unknown>>;
  /** No more is wanted. */
  stop(): void;
}

/**
 * Returns the chunks of a stream, an iterable or an async iterable. An array of numbers is one chunk by itself.
 * @throws {TypeError} for anything else
 */
export function chunksOf(value: unknown, element: ValueType | undefined): Chunks {
  if (typeof value !== 'object' || value === null) throw mismatch();
  if (value instanceof ReadableStream) return readerOf(value);
  const isOne = element !== undefined && isNumberKind(element.kind) && isNumbers(value);
  const iterable = (isOne ? [value] : value) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
  if (iterator === undefined) throw mismatch();
  return {
    next: async () => iterator.next(),
    stop: () => void Promise.resolve(iterator.return?.()).catch(() => undefined),
  };
}

function readerOf(stream: ReadableStream): Chunks {
  if (stream.locked) throw mismatch();
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    stop: () => void reader.cancel().catch(() => undefined),
  };
}

/** Returns whether a value is an array of numbers, not of chunks. */
function isNumbers(value: object): boolean {
  if (!Array.isArray(value)) return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
  return typeof value[0] === 'number' || typeof value[0] === 'bigint';
}
