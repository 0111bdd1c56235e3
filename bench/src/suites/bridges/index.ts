export { BRIDGES } from './bridges-suite.js';
