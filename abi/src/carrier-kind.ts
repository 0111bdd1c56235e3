/** Ways to run a plugin: as a component in this engine, as a native library, or in another process. */
export type CarrierKind = (typeof CARRIER_KINDS)[number];

/** Every kind of carrier. */
export const CARRIER_KINDS = ['wasm', 'library', 'rpc'] as const;
