/** A setting, as `lifecycle` takes it. */
export interface PluginSetting {
  readonly key: string;
  readonly value: string;
}

/**
 * The exports that every world of `wasm-plugin:abi` has, by their short names. Functions whose result is a `result` in WIT throw
 * a `GuestError`.
 */
export interface AnyPlugin {
  readonly lifecycle: {
    init(settings: readonly PluginSetting[]): void;
    health(): void;
    configure(settings: readonly PluginSetting[]): void;
  };
  readonly state: {
    schema(): number;
    serialize(): Uint8Array;
    restore(state: Uint8Array, schema: number, version: string): void;
  };
}
