import type { CaseResult } from './case-result.js';
import { engineTarget } from './component/engine-target.js';
import { runComponentSuite } from './component/run-component-suite.js';
import { PLAIN } from './core/core-variant.js';
import { runCoreSuite } from './core/run-core-suite.js';
import type { Suite } from './script-files.js';

/** Runs the scripts of a suite whose names `selects` takes. */
export async function runSuite(suite: Suite, selects: (script: string) => boolean): Promise<CaseResult[]> {
  if (suite === 'core') return runCoreSuite([PLAIN], selects);
  return runComponentSuite([engineTarget('generated'), engineTarget('composed')], selects);
}
