import type { Exports, ReloadSubject } from './subject.js';
import { functionAt, wrapExports } from './wrap-exports.js';

/**
 * Holds the calls of a plugin whose functions return promises: those made from now on wait, and go to whatever serves when
 * they are let go. Calls that were made before are on their way, and are answered before any that the host makes now, since
 * a carrier makes one call at a time.
 * @returns lets the calls go
 */
export function holdCalls(subject: ReloadSubject, exports: Exports): () => void {
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const held = wrapExports(exports, (target, path) => async (...args) => {
    await released;
    const now = subject.current()?.instance.exports;
    return await (now === undefined ? target : (functionAt(now, path) ?? target))(...args);
  });
  subject.route(held);
  return () => release?.();
}
