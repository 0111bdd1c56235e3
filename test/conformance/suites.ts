import { runAttacks } from '../attacks/run-attacks.js';
import { runAudio } from './audio/index.js';
import { runBindings } from '../bindings/run-bindings.js';
import { runCarriers } from './carriers/index.js';
import { engineTarget, runComponentSuite } from './component/index.js';
import { METERED, PLAIN, runCoreSuite } from './core/index.js';
import { runFormats } from './formats/index.js';
import { runPrograms } from './programs/index.js';
import { runWatch } from './watch/index.js';
import { suiteFolder, type CaseResult, type Suite } from './suite/index.js';

/** Runs the cases of a suite whose names `selects` takes. */
type Run = (selects: (name: string) => boolean) => Promise<CaseResult[]>;

const SUITES: Record<Suite, Run> = {
  component: (selects) => runComponentSuite([engineTarget('generated'), engineTarget('composed')], selects),
  core: (selects) => runCoreSuite([PLAIN, METERED], selects),
  attacks: runAttacks,
  programs: runPrograms,
  audio: runAudio,
  bindings: runBindings,
  carriers: runCarriers,
  formats: runFormats,
  watch: runWatch,
};

/** The suites that are made of scripts of the conformance data; the others bring their own cases. */
const BY_SCRIPTS: readonly Suite[] = ['component', 'core'];

/** The names of all suites. */
export const SUITE_NAMES = Object.keys(SUITES) as Suite[];

export function isSuite(name: string | undefined): name is Suite {
  return name !== undefined && Object.hasOwn(SUITES, name);
}

/** Returns whether a suite's data is missing, so that none of its cases can run. */
export function lacksData(suite: Suite): boolean {
  return BY_SCRIPTS.includes(suite) && suiteFolder(suite) === undefined;
}

export function runSuite(suite: Suite, selects: (name: string) => boolean): Promise<CaseResult[]> {
  return SUITES[suite](selects);
}
