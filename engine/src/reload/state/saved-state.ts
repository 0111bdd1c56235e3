/** A state that a plugin has serialized, with its writer and time. */
export interface SavedState {
  /** The id of the plugin. */
  readonly plugin: string;
  /** The version of the plugin that wrote it, or that a migration wrote it for. */
  readonly version: string;
  /** The number of its format. */
  readonly schema: number;
  /** The version of `wasm-plugin:abi` it was written under. */
  readonly abi: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** The plugin's own bytes. */
  readonly payload: Uint8Array;
}
