/** Waits before something is tried again. */
export interface BackoffOptions {
  /** Before the first time. @default 100 */
  readonly firstMs?: number;
  /** Factor by which each wait is longer. @default 2 */
  readonly factor?: number;
  /** @default 30,000 */
  readonly mostMs?: number;
  /** The share of it that is left to chance, so that not everything that failed at once is tried at once. @default 0.2 */
  readonly jitter?: number;
}

/**
 * Returns the time to wait before a try.
 * @param tries number of earlier ones
 * @param random between 0 and 1
 */
export function backoffMs(tries: number, random: number, options: BackoffOptions = {}): number {
  const { firstMs = 100, factor = 2, mostMs = 30_000, jitter = 0.2 } = options;
  const whole = Math.min(mostMs, firstMs * factor ** tries);
  return whole * (1 - jitter + jitter * random);
}
