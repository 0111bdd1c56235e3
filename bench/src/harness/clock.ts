/** Gives the time in nanoseconds since some moment; only differences mean anything. */
export type Clock = () => number;

/** The machine's monotonic clock. */
export const monotonicClock: Clock = () => performance.now() * 1e6;
