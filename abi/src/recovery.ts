import { PluginError, type ErrorCode } from './errors.js';

/**
 * Remedies of an error. `call`: another call may succeed, the instance is as it was. `restart`: another instance of the same
 * version may succeed. `wait`: the same operation may succeed later. `change`: the plugin, its settings or the permissions of
 * the host must change first; another try gives the same error.
 */
export type Recovery = 'call' | 'restart' | 'wait' | 'change';

const RECOVERY: Readonly<Record<ErrorCode, Recovery>> = {
  WP_MODULE_MALFORMED: 'change',
  WP_MODULE_INVALID: 'change',
  WP_MODULE_UNSUPPORTED: 'change',
  WP_MODULE_LIMIT: 'change',
  WP_ABI_MISMATCH: 'change',
  WP_ABI_WORLD: 'change',
  WP_ABI_NAMES: 'change',
  WP_IMPORT_MISSING: 'change',
  WP_EXPORT_MISSING: 'change',
  WP_LINK: 'change',
  WP_VALUE: 'call',
  WP_TRAP: 'restart',
  WP_TRAP_HOST: 'restart',
  WP_TRAP_ABI: 'restart',
  WP_EXIT: 'restart',
  WP_CLOSED: 'change',
  WP_GUEST: 'call',
  WP_MANIFEST: 'change',
  WP_PACKAGE: 'change',
  WP_UNSIGNED: 'change',
  WP_SIGNATURE: 'change',
  WP_TAMPERED: 'change',
  WP_DOWNGRADE: 'change',
  WP_LOCK: 'change',
  WP_REGISTRY: 'wait',
  WP_RESOLVE: 'change',
  WP_CONFIG: 'change',
  WP_LIMITS: 'change',
  WP_CAPABILITY: 'change',
  WP_CARRIER: 'change',
  WP_NOT_FOUND: 'change',
  WP_DUPLICATE: 'change',
  WP_DEPENDENCY: 'wait',
  WP_IN_USE: 'wait',
  WP_LIFECYCLE: 'wait',
  WP_INIT: 'change',
  WP_UPDATE: 'change',
  WP_QUOTA_FUEL: 'restart',
  WP_QUOTA_TIME: 'restart',
  WP_QUOTA_WALL: 'restart',
  WP_QUOTA_MEMORY: 'restart',
  WP_QUOTA_TABLE: 'restart',
  WP_QUOTA_STACK: 'restart',
  WP_QUOTA_HOST: 'restart',
  WP_QUOTA_HANDLES: 'restart',
  WP_QUOTA_LINK: 'change',
  WP_QUOTA_INSTANCES: 'wait',
  WP_QUOTA_STATE: 'change',
  WP_QUOTA_LOG: 'call',
  WP_STATE: 'change',
  WP_RELOAD: 'call',
  WP_BRIDGE: 'restart',
  WP_BRIDGE_IN_DOUBT: 'call',
};

/**
 * Returns the remedy of an error. Errors of other origin count as passing: `wait`.
 * @example
 * console.log(recoveryOf(new PluginError('WP_TRAP', 'Cannot go on: the guest trapped'))); // prints: restart
 */
export function recoveryOf(error: unknown): Recovery {
  if (!PluginError.is(error)) return 'wait';
  const recovery = Object.hasOwn(RECOVERY, error.code) ? RECOVERY[error.code] : 'change';
  return recovery === 'call' && !error.instanceUsable ? 'restart' : recovery;
}
