import type { CaseResult, Suite } from './suite/index.js';
import { engineTarget, runComponentSuite } from './component/index.js';
import { METERED, PLAIN, runCoreSuite } from './core/index.js';

/** Runs the scripts of a suite whose names `selects` takes. */
export async function runSuite(suite: Suite, selects: (script: string) => boolean): Promise<CaseResult[]> {
  if (suite === 'core') return runCoreSuite([PLAIN, METERED], selects);
  return runComponentSuite([engineTarget('generated'), engineTarget('composed')], selects);
}
