import type { Clock, RecoveryResult } from '../reload/index.js';
import type { BackoffOptions } from './backoff.js';
import type { BreakerOptions, BreakerState } from './circuit-breaker.js';

/** Options of supervision. */
export interface SupervisorOptions {
  readonly clock?: Clock;
  /** Time between two health checks of a plugin. @default no checks */
  readonly healthMs?: number;
  /** Health checks in a row that have to fail before a plugin is started anew. @default 3 */
  readonly unhealthyAfter?: number;
  /** Time between two saves of a plugin's state, to start anew from. @default no saves */
  readonly saveMs?: number;
  readonly backoff?: BackoffOptions;
  readonly breaker?: BreakerOptions;
  /** Starts within `restartsWithinMs` after which a plugin is put into quarantine. @default 10 */
  readonly mostRestarts?: number;
  /** @default 600,000 */
  readonly restartsWithinMs?: number;
  /** Between 0 and 1. @default Math.random */
  readonly random?: () => number;
  readonly onEvent?: (event: SupervisorEvent) => void;
}

/** Events of a supervisor. */
export type SupervisorEvent = { readonly plugin: string } & (
  | { readonly kind: 'died'; readonly error: unknown; readonly restartInMs: number | undefined }
  | ({ readonly kind: 'restarted' } & RecoveryResult)
  | { readonly kind: 'restart-failed'; readonly error: unknown }
  | { readonly kind: 'unhealthy'; readonly error: unknown; readonly inARow: number }
  | { readonly kind: 'save-failed'; readonly error: unknown }
  | { readonly kind: 'breaker'; readonly from: BreakerState; readonly to: BreakerState }
  | { readonly kind: 'quarantined'; readonly reason: string; readonly error: unknown }
);
