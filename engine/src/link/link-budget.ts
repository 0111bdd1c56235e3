import { QuotaError, type ResolvedLimits } from '@wasm-plugin/abi';

/** The price of a definition that is linked, and of a component instance beside it, in bytes. */
const DEFINITION_BYTES = 64;
const INSTANCE_BYTES = 512;

/** Linking may go on this long if a deadline is shorter: deadlines are set for calls, and code that runs first is slow. */
const LEAST_LINK_MS = 500;

/** Number of definitions that are linked between two looks at the clock. */
const DEFINITIONS_A_LOOK = 256;

/** Bounds of the making of one instance. */
export interface LinkBudgetOptions {
  limits: Pick<ResolvedLimits, 'linkBytes' | 'timeMs' | 'wallMs'>;
  plugin?: string | undefined;
  /** Milliseconds that only go forward. */
  now: () => number;
}

/**
 * Holds the limit `linkBytes` while an instance is made: small components can ask for millions of functions, globals or
 * memories. Everything is paid for before it is made. Deadlines of calls hold too, but not below half a second.
 */
export class LinkBudget {
  readonly #limits: LinkBudgetOptions['limits'];
  readonly #plugin: string | undefined;
  readonly #now: () => number;
  readonly #start: number;
  #bytes = 0;
  #definitions = 0;

  constructor({ limits, plugin, now }: LinkBudgetOptions) {
    this.#limits = limits;
    this.#plugin = plugin;
    this.#now = now;
    this.#start = now();
  }

  /** Bytes spent so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Pays for a component instance.
   * @throws {QuotaError} WP_QUOTA_LINK
   */
  enter(): void {
    this.spend(INSTANCE_BYTES);
  }

  /** @throws {QuotaError} WP_QUOTA_LINK */
  spend(bytes: number): void {
    this.#bytes += bytes;
    const { linkBytes: allowed } = this.#limits;
    if (this.#bytes <= allowed) return;
    throw new QuotaError('WP_QUOTA_LINK', {
      limit: 'linkBytes',
      unit: 'bytes',
      allowed,
      used: this.#bytes,
      plugin: this.#plugin,
    });
  }

  /**
   * Pays for a definition.
   * @throws {QuotaError} WP_QUOTA_LINK, WP_QUOTA_WALL, WP_QUOTA_TIME
   */
  define(): void {
    this.spend(DEFINITION_BYTES);
    if (++this.#definitions % DEFINITIONS_A_LOOK === 0) this.look();
  }

  /** @throws {QuotaError} WP_QUOTA_WALL, WP_QUOTA_TIME if linking has taken too long */
  look(): void {
    const { timeMs, wallMs } = this.#limits;
    if (timeMs === Infinity && wallMs === Infinity) return;
    const used = this.#now() - this.#start;
    if (used <= Math.max(Math.min(timeMs, wallMs), LEAST_LINK_MS)) return;
    const limit = wallMs <= timeMs ? 'wallMs' : 'timeMs';
    const code = limit === 'wallMs' ? 'WP_QUOTA_WALL' : 'WP_QUOTA_TIME';
    throw new QuotaError(code, {
      limit,
      unit: 'ms',
      allowed: this.#limits[limit],
      used,
      plugin: this.#plugin,
    });
  }
}
