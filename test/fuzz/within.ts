/** Runs some work that may not take longer than a slow machine needs. @throws {Error} it took longer */
export function within<T>(ms: number, work: () => T): T {
  const began = performance.now();
  try {
    return work();
  } finally {
    const tookMs = performance.now() - began;
    // eslint-disable-next-line no-unsafe-finally -- that it took too long says more than what came of it
    if (tookMs > ms) throw new Error(`it took ${Math.round(tookMs)} ms`);
  }
}
