export { LOAD } from './load-suite.js';
