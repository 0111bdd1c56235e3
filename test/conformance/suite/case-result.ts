/** Result of one case of a script: a module, an action or an assertion. */
export type CaseResult = { folder: string; case: string } & CaseOutcome;

export type CaseOutcome =
  /** `note` names a difference that does not matter, e.g. in the text of a trap. */
  | { outcome: 'passed'; note?: string }
  | { outcome: 'failed'; reason: string }
  /** `reason` names the feature that is missing. */
  | { outcome: 'skipped'; reason: string };

export const PASSED: CaseOutcome = { outcome: 'passed' };

export function failed(reason: string): CaseOutcome {
  return { outcome: 'failed', reason };
}

export function skipped(reason: string): CaseOutcome {
  return { outcome: 'skipped', reason };
}

/** Describes a thrown value for a reader of the results. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return `${error.name}${code}: ${error.message}`;
}
