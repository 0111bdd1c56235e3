export { engineTarget } from './engine-target.js';
export { runComponentSuite } from './run-component-suite.js';
