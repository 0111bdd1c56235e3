/** A failure that is explained to the user, without a stack trace. */
export class DemoError extends Error {
  override name = 'DemoError';
  /** Advice for the user. */
  readonly hint: string | undefined;

  constructor(message: string, facts: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: facts.cause });
    this.hint = facts.hint;
  }
}
