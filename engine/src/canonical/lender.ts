/** Something that is lent for the time of a call. */
export interface Lender {
  lends: number;
  /** Called when the lend ends. */
  release?(): void;
}

/** A handle that the host lends to a guest. */
export interface LentHandle extends Lender {
  readonly rep: number;
}
