/** Components as data, for embedders and tools: reads the binary of one, checks it, and describes what it imports and exports. */
export { decodeComponent } from '../decode/index.js';
export { layoutOf, recordLayout, type FlatType, type Layout, type TypeToLayOut } from '../layout/index.js';
export type {
  Component,
  CoreModuleDefinition,
  Declaration,
  DefinedType,
  Definition,
  ExternDesc,
  FuncType,
  NamedType,
  ValType,
} from '../model.js';
export { InterfaceNames } from '../names/index.js';
export {
  describeValue,
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
} from '../types/index.js';
export { validateComponent, type ValidateOptions } from '../validate/index.js';
