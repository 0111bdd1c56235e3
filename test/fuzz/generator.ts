import type { Random } from '../support/random.js';

/** Makes inputs of one kind and holds them to a rule. A file of `generators/` exports one as `generator`. */
export interface Generator<Input = unknown> {
  /** The name on the command line, e.g. `components`. */
  name: string;
  /** Runs of the fixed seed in the tests. @default 200 */
  testRuns?: number;
  /** Makes an input. The same random numbers give the same input. */
  make(random: Random): Input | Promise<Input>;
  /**
   * Runs an input. Returns a word for the tally, e.g. `ran` or the code of an error.
   * @throws {Error} where the rule is broken.
   */
  check(input: Input): string | Promise<string>;
  /** Returns smaller inputs, the largest step first. Those that still break the rule are shrunk further. */
  shrink?(input: Input): Iterable<Input>;
  /** Returns the content of the file that keeps a failing input. */
  show(input: Input): Uint8Array | string;
}
