/** A failing input, and the finding. */
export interface Failing<Input, Finding> {
  input: Input;
  finding: Finding;
}

/** Options of `smallestFailing`. */
export interface ShrinkOptions<Input, Finding> {
  /** Returns smaller inputs, the largest step first. */
  shrink(input: Input): Iterable<Input>;
  /** Runs an input, and returns the finding; `undefined` if it passes. */
  run(input: Input): Promise<Finding | undefined>;
  /** Inputs that are tried until the smallest so far has to do. */
  mostRuns: number;
  /** Ends the search. @default never */
  isOver?: () => boolean;
}

/** Returns the smallest input found that still fails: each smaller one that fails is shrunk further. */
export async function smallestFailing<Input, Finding>(
  failing: Failing<Input, Finding>,
  { shrink, run, mostRuns, isOver = () => false }: ShrinkOptions<Input, Finding>,
): Promise<Failing<Input, Finding>> {
  let smallest = failing;
  let left = mostRuns;
  for (let found = true; found;) {
    found = false;
    for (const input of shrink(smallest.input)) {
      if (left-- <= 0 || isOver()) return smallest;
      const finding = await run(input);
      if (finding === undefined) continue;
      smallest = { input, finding };
      found = true;
      break;
    }
  }
  return smallest;
}
