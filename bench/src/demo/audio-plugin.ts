/** A plugin's description of itself. */
export interface Description {
  name: string;
  ports: { direction: string; channels: number }[];
  latencyFrames: number;
}

/**
 * The part of `wasm-plugin:abi/processor` and `lifecycle` that the demo uses. A type, not an interface, since the reloader
 * takes exports as a record.
 */
export type AudioPlugin = {
  processor: { describe(): Description };
  lifecycle: { init(settings: { key: string; value: string }[]): void };
};
