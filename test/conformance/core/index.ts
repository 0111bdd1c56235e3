export { PLAIN } from './core-variant.js';
export type { CoreVariant } from './core-variant.js';
export { METERED } from './metered.js';
export { runCoreSuite } from './run-core-suite.js';
