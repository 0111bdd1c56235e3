export { generateBindings, type Bindings } from './bindings/index.js';
export { buildPlugin, writeBindings, type BuildPluginOptions } from './build/index.js';
export { encodeWorld, readWit, type EncodeWorldOptions } from './wit/index.js';
export { decodeWorld, type WitWorld } from './world/index.js';
