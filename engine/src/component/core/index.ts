export {
  readCoreExternType,
  readCoreGlobalType,
  readCoreMemoryType,
  readCoreTableType,
  readCoreTagType,
} from './extern-type.js';
export { readCoreRecGroup } from './rec-group.js';
export { isConcreteReference, readCoreValType } from './val-type.js';
