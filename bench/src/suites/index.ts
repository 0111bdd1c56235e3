export { SUITES } from './suites.js';
export { type Suite, type SuiteOptions } from './suite.js';
