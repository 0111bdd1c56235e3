/** A core module that is to be instantiated next. */
export interface CoreStart {
  module: WebAssembly.Module;
  imports: WebAssembly.Imports;
}

/**
 * Work that has core modules instantiated on its way. The driver instantiates each at once, or if that is refused, by a
 * promise. It goes on with the instance, or with the error.
 */
export type Steps<Result> = Generator<CoreStart, Result, WebAssembly.Instance>;

/** The outcome of starting a core module. */
type Started = { instance: WebAssembly.Instance } | { error: unknown };

/**
 * Takes all steps at once.
 * @throws the error of a step
 */
export function takeSteps<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = goOn(steps, startNow(step.value));
  return step.value;
}

/**
 * Takes all steps, and waits for the core modules that cannot be instantiated at once. It waits for nothing else, so other work
 * comes in between only there.
 * @throws the error of a step
 */
export async function awaitSteps<Result>(steps: Steps<Result>): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) {
    let started = startNow(step.value);
    if ('error' in started && isForPromisesOnly(started.error)) started = await startLater(step.value);
    step = goOn(steps, started);
  }
  return step.value;
}

/** Returns whether an instance is refused here that a promise would give: Chromium, a page's main thread, above 8 MB. */
export function isForPromisesOnly(error: unknown): boolean {
  return error instanceof RangeError && /main thread/.test(error.message);
}

function startNow({ module, imports }: CoreStart): Started {
  try {
    return { instance: new WebAssembly.Instance(module, imports) };
  } catch (error) {
    return { error };
  }
}

async function startLater({ module, imports }: CoreStart): Promise<Started> {
  try {
    return { instance: await WebAssembly.instantiate(module, imports) };
  } catch (error) {
    return { error };
  }
}

function goOn<Result>(steps: Steps<Result>, started: Started): IteratorResult<CoreStart, Result> {
  return 'error' in started ? steps.throw(started.error) : steps.next(started.instance);
}
