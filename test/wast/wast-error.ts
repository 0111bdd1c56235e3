/** A script that the reader cannot read. */
export class WastError extends Error {
  override name = 'WastError';
  /** Character offset into the script. */
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(`Cannot read the script: ${reason} (at character ${offset})`);
    this.offset = offset;
  }
}
