import type { CarryOptions } from './carry.js';
import type { SavedState } from './saved-state.js';
import type { SkippedState, StateStore } from './store.js';

/** Returns the newest whole state that a store has of a plugin, and tells of those that it passed over. */
export async function storedStates({
  store,
  carry,
  emit,
}: {
  store?: StateStore | undefined;
  carry: CarryOptions;
  emit: (event: { kind: 'skipped-state' } & SkippedState) => void;
}): Promise<SavedState[]> {
  const stored = await store?.load(carry.plugin);
  for (const { source, error } of stored?.skipped ?? []) emit({ kind: 'skipped-state', source, error });
  return stored?.state === undefined ? [] : [stored.state];
}
