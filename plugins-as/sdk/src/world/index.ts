export { decodeWorld } from './decode-world.js';
export type {
  WitCase,
  WitFunction,
  WitInterface,
  WitNamed,
  WitPrimitive,
  WitResource,
  WitType,
  WitTypeDefinition,
  WitWorld,
} from './model.js';
