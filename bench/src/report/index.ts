export { renderReport, time } from './render-report.js';
export {
  atLeast,
  atMost,
  type BenchReport,
  type RowReport,
  type SuiteResult,
  type VariantReport,
  type Verdict,
} from './report.js';
export { rounded, rowReport } from './row-report.js';
