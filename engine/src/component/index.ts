/** Components as data, and what linking and the canonical ABI need of them. */
export * from './data/index.js';
export { inCoreModule, resolveCoreModule } from './core/index.js';
export { MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from './layout/index.js';
export type {
  AliasDefinition,
  Canon,
  CanonOption,
  ComponentType,
  CoreInstanceDefinition,
  InstanceDefinition,
  InstanceType,
  PrimitiveType,
  ResourceType,
  Sort,
  Type,
} from './model.js';
export {
  describeCoreItem,
  describeItem,
  describeMismatch,
  matchCoreModule,
  Matcher,
  Progress,
  type Mismatch,
} from './types/index.js';
export {
  CompatibleNames,
  isVersionOf,
  compatibilityTrack,
  parseExternName,
  splitVersion,
  versionFrom,
} from './names/index.js';
