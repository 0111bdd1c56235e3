/** What a plugin says about itself. */
export interface Description {
  name: string;
  ports: { direction: string; channels: number }[];
  latencyFrames: number;
}

/** What the demo uses of `wasm-plugin:abi/processor` and `lifecycle`. A type: to the reloader exports are a record. */
export type AudioPlugin = {
  processor: { describe(): Description };
  lifecycle: { init(settings: { key: string; value: string }[]): void };
};
