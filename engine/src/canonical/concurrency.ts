import type { CopyType } from './types.js';

/** A call that borrowed handles belong to: it has to drop them before it ends. */
export interface BorrowScope {
  /** Borrowed handles that it was given and has not dropped yet. */
  borrows: number;
}

/** The part of a component instance that knows streams and futures. */
export interface Concurrency {
  /** Takes an end that reads out of the handles of the instance, and returns its value for the other side. */
  liftEnd(type: CopyType, index: number, toHost: boolean): unknown;
  /**
   * Adds an end that reads to the handles of the instance, and returns its index.
   * @throws {TypeError} the value of the host is no stream or future
   */
  lowerEnd(type: CopyType, value: unknown, fromHost: boolean): number;
  /** Undoes `lowerEnd` for a value of the host. */
  takeBackEnd(index: number): void;
}
