export { encodeWorld, type EncodeWorldOptions } from './encode-world.js';
export { readWorld } from './read-world.js';
export { decodeWorld } from './decode-world.js';
export type {
  WitCase,
  WitFunction,
  WitInterface,
  WitNamed,
  WitPrimitive,
  WitResource,
  WitStructure,
  WitType,
  WitTypeDefinition,
  WitWorld,
} from './model.js';
