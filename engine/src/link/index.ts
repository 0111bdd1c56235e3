export { type HostImports } from './given-imports.js';
export { instantiate, type LinkOptions } from './instantiate.js';
export { LinkBudget } from './link-budget.js';
export { awaitSteps, takeSteps, type CoreStart, type Steps } from './steps.js';
export { checkJsNames } from './js-names.js';
export { findExport, jsExports, type JsExports } from './js-exports.js';
export { viewsOf } from './canon.js';
export { LiftedFunc } from './component-func.js';
export { type InstanceExports, type Item } from './scope.js';
