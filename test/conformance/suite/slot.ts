import { failed } from './case-result.js';
import type { CaseOutcome } from './case-result.js';

/** Something a script made, or how the case ended that should have made it. */
export type Slot<T> = { value: T } | { missing: CaseOutcome };

/** What a script made so far, by its identifiers; the last one is also known without one. */
export class Slots<T> {
  readonly #slots = new Map<string | undefined, Slot<T>>();

  keep(id: string | undefined, slot: Slot<T>): void {
    this.#slots.set(undefined, slot);
    if (id !== undefined) this.#slots.set(id, slot);
  }

  /** Finds what a case uses. What could not be made makes the case end as its maker did, without its details. */
  find(id: string | undefined): Slot<T> {
    const slot = this.#slots.get(id) ?? { missing: failed(`nothing is called ${id ?? 'the last one'}`) };
    return 'missing' in slot ? { missing: followingFrom(slot.missing) } : slot;
  }
}

function followingFrom(missing: CaseOutcome): CaseOutcome {
  return missing.outcome === 'failed' ? failed('what it uses failed') : missing;
}
