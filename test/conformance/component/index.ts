export type { ComponentTarget } from './component-target.js';
export { engineTarget } from './engine-target.js';
export { runComponentSuite } from './run-component-suite.js';
