/** What became of a check that needs no code. */
export interface CheckResult {
  name: string;
  status: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  message?: string;
  durationMs: number;
}

/** Says that a check does not apply, and why. */
export class Skip extends Error {}

/** Runs a check; what it throws is the reason why it failed. */
export async function check(name: string, work: () => unknown): Promise<CheckResult> {
  const began = performance.now();
  const result = (status: CheckResult['status'], error?: unknown): CheckResult => ({
    name,
    status,
    ...(error !== undefined && { message: error instanceof Error ? error.message : String(error) }),
    durationMs: performance.now() - began,
  });
  try {
    await work();
    return result('passed');
  } catch (error) {
    return result(error instanceof Skip ? 'skipped' : 'failed', error);
  }
}
