export { type CopiedLoop, closeCopy, copiesFor, openCopies, openCopy } from './copied-loop.js';
export { type CountedLoop, type NestedLoop, costOfAll, isExact } from './counted-loop.js';
export { LoopReader, MAX_NEST_BYTES } from './loop-reader.js';
export { closeSlowPath, openSlowPath } from './slow-path.js';
