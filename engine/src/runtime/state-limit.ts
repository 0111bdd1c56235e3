import { LIMITS, QuotaError } from '@wasm-plugin/abi';
import { isVersionOf } from '../component/index.js';
import type { JsExports } from '../link/index.js';

const STATE = 'wasm-plugin:abi/state';

/**
 * Makes `serialize` of the exports refuse states that are too large. The instance stays usable.
 * @param onSaved hears of the size of each state that is given
 */
export function limitState(
  exports: JsExports,
  {
    allowed,
    plugin,
    onSaved,
  }: { allowed: number; plugin: string | undefined; onSaved: (bytes: number) => unknown },
): void {
  for (const [name, given] of Object.entries(exports)) {
    const state = given as { serialize?: unknown };
    const { serialize } = isVersionOf(name, STATE) ? state : {};
    if (typeof serialize !== 'function') continue;
    state.serialize = () => {
      const bytes: unknown = (serialize as () => unknown)();
      if (!(bytes instanceof Uint8Array)) return bytes;
      refuseLargeState(bytes.length, { allowed, plugin });
      onSaved(bytes.length);
      return bytes;
    };
  }
}

/** @throws {QuotaError} WP_QUOTA_STATE; the instance stays usable */
export function refuseLargeState(
  used: number,
  { allowed, plugin }: { allowed: number; plugin: string | undefined },
): void {
  if (used <= allowed) return;
  const { unit } = LIMITS.stateBytes;
  throw new QuotaError('WP_QUOTA_STATE', {
    limit: 'stateBytes',
    unit,
    allowed,
    used,
    plugin,
    instanceUsable: true,
  });
}
