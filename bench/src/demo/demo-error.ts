/** A failure that is explained to the user, without a stack trace. */
export class DemoError extends Error {
  override name = 'DemoError';
  /** What the user can do about it. */
  readonly hint: string | undefined;

  constructor(message: string, facts: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: facts.cause });
    this.hint = facts.hint;
  }
}
