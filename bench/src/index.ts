export {
  callContender,
  garbageBytes,
  isolatedLoop,
  median,
  pairedDifference,
  pairedRatio,
  percentile,
  runRounds,
  seededRandom,
  shuffled,
  warmUp,
  type CallContender,
  type Clock,
  type Contender,
  type Random,
  type Samples,
  type Use,
  type WarmUp,
} from './harness/index.js';
export { runAll, type RunAllOptions } from './page/index.js';
export {
  atLeast,
  atMost,
  renderReport,
  rowReport,
  type BenchReport,
  type RowReport,
  type SuiteResult,
  type VariantReport,
  type Verdict,
} from './report/index.js';
export { runSuite } from './run-suite.js';
export { SUITES, type Suite, type SuiteOptions } from './suites/index.js';
