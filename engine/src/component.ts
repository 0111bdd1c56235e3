/**
 * Components as data, as `@wasm-plugin/engine/component`: reads the binary of one, checks it, and returns its imports and
 * exports, with their names in JavaScript.
 */
export * from './component/data/index.js';
export {
  camelCase,
  classKey,
  memberKey,
  parseFunctionName,
  pascalCase,
  type FunctionName,
} from './canonical/index.js';
export { coreModulesOf } from './runtime/index.js';
