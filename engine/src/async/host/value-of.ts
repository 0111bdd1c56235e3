import type { Shared } from '../copy/index.js';
import type { Scheduler } from '../scheduler.js';
import { promiseOf } from './promise-of.js';
import { readableOf } from './readable-of.js';

/** Returns the value in JavaScript of a stream or future that a guest gives to the host. */
export function valueOf(shared: Shared, scheduler: Scheduler): unknown {
  return shared.type.kind === 'stream' ? readableOf(shared, scheduler) : promiseOf(shared, scheduler);
}
