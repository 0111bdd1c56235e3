import { LIMITS, QuotaError, type ErrorCode } from '@wasm-plugin/abi';
import type { MeterQuota, Verdict } from './meter-limits.js';

const CODES: Record<MeterQuota, ErrorCode & `WP_QUOTA_${string}`> = {
  fuel: 'WP_QUOTA_FUEL',
  fuelTotal: 'WP_QUOTA_FUEL',
  timeMs: 'WP_QUOTA_TIME',
  wallMs: 'WP_QUOTA_WALL',
  memoryBytes: 'WP_QUOTA_MEMORY',
  tableElements: 'WP_QUOTA_TABLE',
  stackDepth: 'WP_QUOTA_STACK',
};

/** Makes the error of a verdict. */
export function quotaErrorFrom(
  { quota, limit: allowed, used }: Verdict,
  options: { readonly plugin?: string | undefined; readonly cause?: unknown } = {},
): QuotaError {
  return new QuotaError(CODES[quota], { limit: quota, unit: LIMITS[quota].unit, allowed, used, ...options });
}
