/** WIT files that do not make up a package. */
export class WitError extends Error {
  override name = 'WitError';
  /** What their author can do about it. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
