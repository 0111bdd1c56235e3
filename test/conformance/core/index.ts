export { PLAIN } from './core-variant.js';
export type { CoreVariant } from './core-variant.js';
export { runCoreSuite } from './run-core-suite.js';
