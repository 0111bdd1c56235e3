export { createEngine } from './create-engine.node.js';
export type { IsolatedEngine, IsolatedEngineOptions, IsolatedPlugin } from './create-isolated-engine.node.js';
