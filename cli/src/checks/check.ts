/** What became of a check that needs no code. */
export interface CheckResult {
  name: string;
  status: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped, or what was done. */
  message?: string;
  durationMs: number;
}

/** Says that a check does not apply, and why. */
export class Skip extends Error {}

/** Runs a check; what it throws is the reason why it failed, a text that it returns says what was done. */
export async function check(name: string, work: () => unknown): Promise<CheckResult> {
  const began = performance.now();
  const result = (status: CheckResult['status'], message?: string): CheckResult => ({
    name,
    status,
    ...(message !== undefined && { message }),
    durationMs: performance.now() - began,
  });
  try {
    const done = await work();
    return result('passed', typeof done === 'string' ? done : undefined);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return result(error instanceof Skip ? 'skipped' : 'failed', message);
  }
}
