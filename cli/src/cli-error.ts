/** Facts of a failure beside its message. */
export interface CliErrorFacts {
  /** Advice for the user. */
  hint?: string | undefined;
  /** 1: the operation failed. 2: the command line was wrong. @default 1 */
  exitCode?: 1 | 2 | undefined;
  /** A stable code, of a `PluginError` if there is one. */
  code?: string | undefined;
  /** Details for machines, as JSON, such as the error value that a guest returned. */
  payload?: unknown;
}

/** A failure that is explained to the user, without a stack trace. */
export class CliError extends Error {
  override name = 'CliError';
  readonly hint: string | undefined;
  readonly exitCode: 1 | 2;
  readonly code: string | undefined;
  readonly payload: unknown;

  constructor(message: string, facts: CliErrorFacts = {}) {
    super(message);
    this.hint = facts.hint;
    this.exitCode = facts.exitCode ?? 1;
    this.code = facts.code;
    this.payload = facts.payload;
  }
}
