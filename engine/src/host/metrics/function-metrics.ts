/** Upper bounds of the buckets of a latency histogram, in milliseconds. A last bucket has what takes longer. */
export const LATENCY_BOUNDS_MS: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500,
  5000, 10_000,
];

/** Number of first calls of a function that are all timed. */
const FIRST = 16;
/** Of the others one in 256 is: a clock may cost more than a call. */
const MASK = 255;

/** A function as a caller has it. */
type Callable = (...args: unknown[]) => unknown;

/** Counts of the calls of one function. Every call is counted; the first 16, and then one in 256, are timed. */
export class FunctionMetrics {
  readonly name: string;
  calls = 0;
  errors = 0;
  /** Number of calls that were timed. */
  timed = 0;
  /** Time of the timed calls together, in milliseconds. */
  timedMs = 0;
  /** Number of timed calls by `LATENCY_BOUNDS_MS`, and one bucket more. */
  readonly buckets: number[] = LATENCY_BOUNDS_MS.map(() => 0).concat(0);

  constructor(name: string) {
    this.name = name;
  }

  /** Notes how long a call took. */
  record(ms: number): void {
    this.timed++;
    this.timedMs += ms;
    let index = 0;
    while (index < LATENCY_BOUNDS_MS.length && ms > (LATENCY_BOUNDS_MS[index] as number)) index++;
    this.buckets[index] = (this.buckets[index] as number) + 1;
  }
}

/**
 * Makes a function that counts the calls of another one. Spelled out for the usual counts of arguments, since rest arguments
 * cost. Realtime: yes, but for promises.
 */
export function observed(target: Callable, metrics: FunctionMetrics): Callable {
  switch (target.length) {
    case 1:
      return (a) => {
        const count = metrics.calls++;
        if (count < FIRST || (count & MASK) === 0) return timed(metrics, { target, args: [a] });
        let result: unknown;
        try {
          result = target(a);
        } catch (error) {
          metrics.errors++;
          throw error;
        }
        return typeof result === 'object' ? settled(result, metrics) : result;
      };
    case 2:
      return (a, b) => {
        const count = metrics.calls++;
        if (count < FIRST || (count & MASK) === 0) return timed(metrics, { target, args: [a, b] });
        let result: unknown;
        try {
          result = target(a, b);
        } catch (error) {
          metrics.errors++;
          throw error;
        }
        return typeof result === 'object' ? settled(result, metrics) : result;
      };
    case 3:
      return (a, b, c) => {
        const count = metrics.calls++;
        if (count < FIRST || (count & MASK) === 0) return timed(metrics, { target, args: [a, b, c] });
        let result: unknown;
        try {
          result = target(a, b, c);
        } catch (error) {
          metrics.errors++;
          throw error;
        }
        return typeof result === 'object' ? settled(result, metrics) : result;
      };
    default:
      return (...args) => {
        const count = metrics.calls++;
        if (count < FIRST || (count & MASK) === 0) return timed(metrics, { target, args });
        let result: unknown;
        try {
          result = target(...args);
        } catch (error) {
          metrics.errors++;
          throw error;
        }
        return typeof result === 'object' ? settled(result, metrics) : result;
      };
  }
}

/** Counts the rejection of a promise as an error; any other result is passed on. */
function settled(result: unknown, metrics: FunctionMetrics): unknown {
  if (result instanceof Promise) void result.catch(() => metrics.errors++);
  return result;
}

function timed(
  metrics: FunctionMetrics,
  { target, args }: { target: Callable; args: readonly unknown[] },
): unknown {
  const began = performance.now();
  let result: unknown;
  try {
    result = target(...args);
  } catch (error) {
    metrics.errors++;
    metrics.record(performance.now() - began);
    throw error;
  }
  if (result instanceof Promise) {
    const note = (): void => metrics.record(performance.now() - began);
    void result.then(note, () => {
      metrics.errors++;
      note();
    });
  } else metrics.record(performance.now() - began);
  return result;
}
