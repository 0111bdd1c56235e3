/** A result, or a promise of it if a carrier answers later. */
export type Eventual<T> = T | Promise<T>;

/**
 * Goes on with a value: at once, or when the promise that it is has become one. Steps written with it run to the end with
 * nothing else of the program in between, as long as none of them gives a promise.
 */
export function whenDone<T, R>(value: Eventual<T>, next: (value: T) => Eventual<R>): Eventual<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Runs a function; after a failure, at once or later, returns the result of `recover`, or throws its error. */
export function orElse<R>(work: () => Eventual<R>, recover: (error: unknown) => Eventual<R>): Eventual<R> {
  try {
    const result = work();
    return result instanceof Promise ? result.catch(recover) : result;
  } catch (error) {
    return recover(error);
  }
}
