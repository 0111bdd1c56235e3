/**
 * Components as data, as `@wasm-plugin/engine/component`: reads the binary of one, checks it, and returns its imports and
 * exports, with their names in JavaScript.
 */
export {
  decodeComponent,
  describeValue,
  InterfaceNames,
  validateComponent,
  type Component,
  type CoreModuleDefinition,
  type Declaration,
  type DefinedType,
  type Definition,
  type ExternDesc,
  type FuncType,
  type NamedType,
  type ResolvedCase,
  type ResolvedComponent,
  type ResolvedCoreItem,
  type ResolvedCoreModule,
  type ResolvedExtern,
  type ResolvedField,
  type ResolvedFunc,
  type ResolvedInstance,
  type ResolvedItems,
  type ResolvedResource,
  type ResolvedType,
  type ResolvedValue,
  type Resource,
  type ValidateOptions,
  type ValType,
} from './component/index.js';
export { camelCase, memberKey, parseFunctionName, pascalCase, type FunctionName } from './canonical/index.js';
export { coreModulesOf } from './runtime/index.js';
