export { decodeCoreModule, inCoreModule } from './core-module.js';
export { coreExternTypeFrom, coreFuncTypeFrom } from './core-types.js';
export { limitsProblem } from './limits.js';
export { resolveCoreModule } from './resolve-core-module.js';
export { isConcreteReference } from './value-type-text.js';
