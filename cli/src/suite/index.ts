export { builtComponent, type BuiltComponent } from './built-component.js';
export { runVitest, type SuiteOptions } from './run-vitest.js';
export { testResultsFrom, type TestResult } from './test-results.js';
