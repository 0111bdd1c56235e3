export { createEngine, Instance } from './index.js';
export type { Engine, EngineOptions, HostImports, InstantiateOptions, Plugin, Usage } from './index.js';
