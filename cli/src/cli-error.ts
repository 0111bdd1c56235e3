/** What a failure knows beside its message. */
export interface CliErrorFacts {
  /** What the user can do about it. */
  hint?: string | undefined;
  /** 1: the operation failed. 2: the command line was wrong. @default 1 */
  exitCode?: 1 | 2 | undefined;
  /** A stable code, of a `PluginError` where there is one. */
  code?: string | undefined;
  /** What a machine may want to know, e.g. the error value that a guest returned. JSON. */
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
