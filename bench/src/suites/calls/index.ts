export { CALLS } from './calls-suite.js';
