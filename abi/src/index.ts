export {
  AbiError,
  ERROR_CODES,
  GuestError,
  ModuleError,
  PluginError,
  QuotaError,
  TrapError,
  type ErrorCode,
  type ErrorFacts,
  type ModuleErrorFacts,
  type QuotaFacts,
} from './errors.js';
export { AUDIO_EFFECT_WORLD, PLUGIN_WORLD } from './worlds.js';
export {
  DEFAULT_LIMITS,
  LIMITS,
  resolveLimits,
  type LimitName,
  type Limits,
  type ResolvedLimits,
  type ResolveLimitsOptions,
} from './limits.js';
