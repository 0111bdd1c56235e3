/** An event in the life of a plugin. */
export type LifeEvent =
  /** It began with the state that the store had of it. */
  | { readonly kind: 'restored'; readonly version: string; readonly savedAt: number }
  /** A stored state is of no use: torn, or refused by the version that was loaded. */
  | { readonly kind: 'skipped-state'; readonly source: string; readonly error: unknown }
  | { readonly kind: 'started' }
  | { readonly kind: 'start-failed'; readonly error: unknown }
  | { readonly kind: 'tick-failed'; readonly error: unknown }
  | { readonly kind: 'stopped' }
  /** It refused to stop, or did not in time. It is closed all the same. */
  | { readonly kind: 'stop-failed'; readonly error: unknown }
  /** Its state went into the store at its end. */
  | { readonly kind: 'saved'; readonly bytes: number }
  | { readonly kind: 'save-failed'; readonly error: unknown };
