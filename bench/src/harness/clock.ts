/** Returns nanoseconds since an arbitrary moment; only differences have a meaning. */
export type Clock = () => number;

/** The machine's monotonic clock. */
export const monotonicClock: Clock = () => performance.now() * 1e6;
