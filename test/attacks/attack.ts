/**
 * An attack on the host: a component, a manifest or a sequence of calls that tries to take more time or memory than its
 * limits allow. Each runs in a process of its own with Node's default heap, inline, so that a process that ends is a failure
 * of that attack alone.
 */
export interface Attack {
  /** Unique among all attacks, e.g. `an import of 1 ms after a fast loop`. */
  name: string;
  /** The kind of hole; the folder of the report, e.g. `wall`. */
  folder: string;
  /** The time limit that the attack is under, in milliseconds. `run` must end within three times as much. */
  limitMs: number;
  /** The memory that its limits allow, in bytes. The process may grow by at most twice as much during `run`. */
  memoryBytes: number;
  /** Returns the reason why this Node cannot run the attack, e.g. that its V8 has no `exnref`. */
  missing?(): string | undefined;
  /**
   * Prepares the attack, untimed, e.g. writes the component. Returns the timed function, which throws if the outcome is wrong.
   */
  prepare(): Promise<() => unknown>;
}

/** The growth that is allowed to each attack beyond twice its memory, in bytes: compiled code and the heap's own steps. */
export const SLACK_BYTES = 64 * 2 ** 20;
