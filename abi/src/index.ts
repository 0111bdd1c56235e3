export {
  AbiError,
  ERROR_CODES,
  GuestError,
  ModuleError,
  PluginError,
  TrapError,
  type ErrorCode,
  type ErrorFacts,
  type ModuleErrorFacts,
} from './errors.js';
export { AUDIO_EFFECT_WORLD, PLUGIN_WORLD } from './worlds.js';
