import type { Progress, ResolvedFunc } from '../types/index.js';
import type { CanonOptions } from './canon-options.js';

/**
 * Checks what the options `async` and `callback` ask of a `canon lift`.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED
 */
export function checkAsyncLift(type: ResolvedFunc, options: CanonOptions, progress: Progress): void {
  const { callback } = options;
  if (!options.async) {
    if (callback !== undefined) throw progress.invalid('cannot specify `callback` without `async`');
    return;
  }
  requireAsyncType(type, progress);
  if (options.postReturn !== undefined) throw progress.invalid('cannot specify `post-return` with `async`');
  if (callback === undefined) throw progress.unsupported('an async lift without callback');
  if (callback.params.join() !== 'i32,i32,i32' || callback.results.join() !== 'i32') {
    throw progress.invalid('canonical option `callback` uses a core function with an incorrect signature');
  }
}

/** @throws {ModuleError} WP_MODULE_INVALID unless the function is async */
export function requireAsyncType(type: ResolvedFunc, progress: Progress): void {
  if (type.async) return;
  throw progress.invalid('the `async` canonical option requires an async function type');
}
