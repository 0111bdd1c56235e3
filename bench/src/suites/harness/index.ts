export { HARNESS } from './harness-suite.js';
