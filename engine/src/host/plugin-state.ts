/**
 * State of a plugin in a host:
 *
 * ```
 *                 ┌──────────────── unload ───────────────┐
 *                 v                                       │
 *  disabled ⇄ registered ── load ─> loading ──────────> ready ⇄ reloading
 *     ^           ^                    │                  │         │
 *     │           └──── unload ────┐   v                  v         v
 *     └────────── disable ───── failed / dead <───────── a trap, a crash
 *                                      │
 *                                      └─ load again ─> loading
 * ```
 *
 * - `registered`: known, nothing of it runs.
 * - `loading`: its dependencies and then it itself are being started.
 * - `ready`: it can be called.
 * - `reloading`: a new instance is being prepared; the old one serves, so it can be called.
 * - `dead`: its instance trapped; every call throws that error. It can be loaded again.
 * - `failed`: it did not start; `plugin.error` says why. It can be loaded again.
 * - `disabled`: it is not loaded until somebody enables it.
 * - `removed`: the host is closed, or it was taken away. The end.
 */
export type PluginState =
  'registered' | 'loading' | 'ready' | 'reloading' | 'dead' | 'failed' | 'disabled' | 'removed';

const NEXT: Readonly<Record<PluginState, readonly PluginState[]>> = {
  registered: ['loading', 'disabled', 'removed'],
  loading: ['ready', 'failed'],
  ready: ['reloading', 'dead', 'registered'],
  reloading: ['ready', 'dead'],
  dead: ['loading', 'ready', 'registered'],
  failed: ['loading', 'registered', 'disabled', 'removed'],
  disabled: ['registered', 'removed'],
  removed: [],
};

/** Returns whether a plugin can go from one state straight to another. */
export function canBecome(from: PluginState, to: PluginState): boolean {
  return NEXT[from].includes(to);
}

/** Returns whether a plugin in that state has an instance that can be called. */
export function isServing(state: PluginState): boolean {
  return state === 'ready' || state === 'reloading';
}
