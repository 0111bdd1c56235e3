/** Goes on with a value: at once, or when the promise that it is has become one. */
export function whenDone<T, R>(value: T | Promise<T>, next: (value: T) => R): R | Promise<Awaited<R>> {
  return value instanceof Promise ? (value.then(next) as Promise<Awaited<R>>) : next(value);
}

/** Work in steps, each of which yields a value or a promise and gets the value back. */
export type Steps<Result> = Generator<unknown, Result, never>;

/**
 * Runs steps to the end, without a pause as long as they yield values: nothing else of the program runs in between. From
 * the first promise on, the result is a promise.
 */
export function runSteps<Result>(steps: Steps<Result>): Result | Promise<Result> {
  let turn = steps.next();
  while (!turn.done) {
    const { value } = turn;
    if (value instanceof Promise) return runLater(steps, value);
    turn = steps.next(value as never);
  }
  return turn.value;
}

async function runLater<Result>(steps: Steps<Result>, first: Promise<unknown>): Promise<Result> {
  let waiting: unknown = first;
  for (;;) {
    let value: unknown;
    let turn: IteratorResult<unknown, Result>;
    try {
      value = await waiting;
    } catch (error) {
      turn = steps.throw(error);
      if (turn.done) return turn.value;
      waiting = turn.value;
      continue;
    }
    turn = steps.next(value as never);
    if (turn.done) return turn.value;
    waiting = turn.value;
  }
}
