export { checkBytes, checkOptions, type KeysOf } from './check-options.js';
export { compileComponent, coreModulesOf, type CompiledComponent } from './compiled-component.js';
export { ComponentCache } from './component-cache.js';
export { equalBytes } from './equal-bytes.js';
export { Instance, type Usage } from './instance.js';
export { LoadedPlugin, type InstantiateOptions } from './loaded-plugin.js';
export { nextTurn } from './next-turn.js';
export { refuseLargeState } from './state-limit.js';
export { SerialQueue } from './serial-queue.js';
