import { failed } from './case-result.js';
import type { CaseOutcome } from './case-result.js';

/** Something a script made, or how the case ended that should have made it. */
export type Slot<T> = { value: T } | { missing: CaseOutcome };

/** Items that a script has made, by identifier; the last one also has none. */
export class Slots<T> {
  readonly #slots = new Map<string | undefined, Slot<T>>();

  keep(id: string | undefined, slot: Slot<T>): void {
    this.#slots.set(undefined, slot);
    if (id !== undefined) this.#slots.set(id, slot);
  }

  /** Finds the items that a case uses. If an item could not be made, the case ends as its maker did, without its details. */
  find(id: string | undefined): Slot<T> {
    const slot = this.#slots.get(id) ?? { missing: failed(`nothing is called ${id ?? 'the last one'}`) };
    return 'missing' in slot ? { missing: followingFrom(slot.missing) } : slot;
  }
}

function followingFrom(missing: CaseOutcome): CaseOutcome {
  return missing.outcome === 'failed' ? failed('what it uses failed') : missing;
}
