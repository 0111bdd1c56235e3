import type { NullResult } from './null-test.js';

/** Request to one measuring process. */
export interface MeasurementRequest {
  kernel: string;
  sampleRateHz: number;
  frames: number;
  channels: number;
  rounds: number;
  quick: boolean;
  seed: number;
  /** True if to build and measure every native build that this machine can make, or the reference alone. */
  everyBuild: boolean;
}

/** Its result. */
export interface Measurement {
  /** Nanoseconds a block, by contender; those of one index belong to one round. */
  samples: Record<string, number[]>;
  /** The same for loops inside the module: no boundary is crossed. */
  inside: Record<string, number[]>;
  /** Times of single blocks in nanoseconds, by contender. */
  blocks: Record<string, number[]>;
  /** Against the native reference, by contender. */
  null: Record<string, NullResult>;
  /** Bytes that the engine's lane allocates a block. */
  garbageBytes: number;
}
