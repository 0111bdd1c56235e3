export { generateBindings, type Bindings } from './bindings/index.js';
export { buildPlugin, writeBindings, type BuildPluginOptions } from './build/index.js';
export { parseWit, readWit, WitError, type WitPackage, type WitPlace } from './wit/index.js';
export {
  decodeWorld,
  encodeWorld,
  readWorld,
  type EncodeWorldOptions,
  type WitFunction,
  type WitInterface,
  type WitResource,
  type WitType,
  type WitWorld,
} from './world/index.js';
