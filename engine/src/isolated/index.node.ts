export { IsolatedInstance } from './isolated-instance.node.js';
export { IsolatedThread } from './isolated-thread.node.js';
export { functionTree } from './function-tree.js';
export type { Promised } from './promised.js';
export type { FunctionTree } from './protocol.js';
