export {
  describeCoreItem,
  describeExtern,
  describeFunc,
  describeItem,
  describeType,
  describeValue,
} from './describe.js';
export { extentOf, growExtent, LEAF } from './extent.js';
export { exportedResources, freeResources, typesOf } from './free-resources.js';
export { coreItemSize, matchCoreItem, matchCoreModule } from './match-core.js';
export { Matcher, type Find, type Open, type Opened } from './matcher.js';
export { describeMismatch, type Mismatch } from './mismatch.js';
export { Progress } from './progress.js';
export type {
  Extent,
  ResolvedCase,
  ResolvedComponent,
  ResolvedCoreItem,
  ResolvedCoreModule,
  ResolvedExtern,
  ResolvedField,
  ResolvedFunc,
  ResolvedInstance,
  ResolvedItems,
  ResolvedResource,
  ResolvedType,
  ResolvedValue,
  Resource,
} from './resolved.js';
export { Substitution } from './substitution.js';
export {
  copyType,
  enumType,
  flagsType,
  funcType,
  handleType,
  listType,
  mapType,
  optionType,
  primitiveType,
  recordType,
  resultType,
  tupleType,
  variantType,
} from './values.js';
