/**
 * Parts of the engine for this project's own benches and tests, as `@wasm-plugin/engine/internals`. Not for embedders: any
 * of it may change or go with any version.
 */
export {
  decodeComponent,
  type Component,
  type CoreModuleDefinition,
  type Definition,
} from './component/index.js';
export { coreModulesOf } from './runtime/index.js';
export { camelCase, pascalCase } from './canonical/index.js';
