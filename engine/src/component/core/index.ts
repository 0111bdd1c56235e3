export {
  readCoreExternType,
  readCoreGlobalType,
  readCoreMemoryType,
  readCoreTableType,
  readCoreTagType,
} from './extern-type.js';
export { limitsProblem } from './limits.js';
export { readCoreModuleType } from './module.js';
export { readCoreRecGroup } from './rec-group.js';
export { isConcreteReference, readCoreValType } from './val-type.js';
