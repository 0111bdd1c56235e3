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
