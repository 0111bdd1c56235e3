import type { ResolvedMeterLimits, Verdict } from './meter-limits.js';
import type { MeteredFacts } from '../metered-module.js';

export const PAGE_BYTES = 65_536;

/** Books the memories and tables of all instances of a meter against one limit each. */
export class SizeBudget {
  readonly #limits: ResolvedMeterLimits;
  memoryBytes = 0;
  tableElements = 0;

  constructor(limits: ResolvedMeterLimits) {
    this.#limits = limits;
  }

  /** Books a module's initial sizes. Returns the quota that is too small, in which case nothing was booked. */
  admit(metered: MeteredFacts): Verdict | undefined {
    const bytes = this.memoryBytes + sum(metered.memoryPages) * PAGE_BYTES;
    const elements = this.tableElements + sum(metered.tableElements);
    const { memoryBytes, tableElements } = this.#limits;
    if (bytes > memoryBytes) return { quota: 'memoryBytes', limit: memoryBytes, used: bytes };
    if (elements > tableElements) return { quota: 'tableElements', limit: tableElements, used: elements };
    this.memoryBytes = bytes;
    this.tableElements = elements;
    return undefined;
  }

  /** Books growth. Returns the total if it exceeds the limit, in which case nothing was booked. */
  grow(quota: 'memoryBytes' | 'tableElements', more: number): Verdict | undefined {
    const limit = this.#limits[quota];
    const used = this[quota] + more;
    // An amount beyond the safe integers fails anyway, and could not be given back exactly.
    if (used > limit || used > Number.MAX_SAFE_INTEGER) return { quota, limit, used };
    this[quota] = used;
    return undefined;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
