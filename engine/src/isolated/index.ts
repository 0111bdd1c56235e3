export { checkCrossing } from './crossing.js';
export { followPath, functionTree, objectFrom } from './function-tree.js';
export type { FromWorker, FunctionTree, ImportAnswer, Path, ToWorker, WorkerSetup } from './protocol.js';
export { errorFrom, sentErrorFrom, type SentError } from './sent-error.js';
