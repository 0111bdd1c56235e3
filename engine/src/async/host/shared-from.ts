import type { CopyType } from '../../canonical/index.js';
import { Shared } from '../copy/index.js';
import type { Scheduler } from '../scheduler.js';
import { writeFuture } from './write-future.js';
import { chunksOf } from './chunks-of.js';
import { originOf } from './readable-of.js';
import { writeStream } from './write-stream.js';

/**
 * Makes a stream or future of a value of the host.
 * @throws {TypeError} for a stream, unless it is a stream, an iterable or an async iterable of JavaScript
 */
export function sharedFrom(type: CopyType, value: unknown, scheduler: Scheduler): Shared {
  if (type.kind === 'stream' && value instanceof ReadableStream) {
    const origin = originOf(value);
    if (origin !== undefined) return origin;
  }
  const shared = new Shared(type);
  if (type.kind === 'stream') writeStream(shared, chunksOf(value, type.element), scheduler);
  else writeFuture(shared, value, scheduler);
  return shared;
}
