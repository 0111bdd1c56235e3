/** Result of a check that needs no test code. */
export interface CheckResult {
  name: string;
  status: 'passed' | 'failed' | 'skipped';
  /** Reason of a failure or a skip, or a summary of the work. */
  message?: string;
  durationMs: number;
}

/** Thrown by a check that does not apply; the message is the reason. */
export class Skip extends Error {}

/** Runs a check. An error that it throws is the reason of its failure; a text that it returns is a summary. */
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
