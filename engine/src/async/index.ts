/** Tasks: async functions of components and of the host, streams and futures, and the built-ins for them. */
export { AsyncInstance, schedulerOf, type TaskReturn } from './async-instance.js';
export {
  cancelBuiltin,
  copyBuiltin,
  dropBuiltin,
  newBuiltin,
  plainBuiltin,
  setBuiltin,
  taskReturn,
} from './builtins.js';
export type { AsyncCallable } from './caller.js';
export { hostExport, hostImport, HostCallContext, type AsyncCallOptions } from './host/index.js';
export { liftTask } from './lift-task.js';
export { lowerBlocking, lowerTask, type LowerTaskSpec } from './lower-task.js';
