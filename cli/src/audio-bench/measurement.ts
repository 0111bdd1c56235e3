import type { AudioDescriptor } from '@wasm-plugin/abi';
import type { Setting } from '../run/index.js';
import type { Setup } from './audio-source.js';
import type { Collection } from './collections.js';
import type { BlockProfile } from './profile/index.js';

/** A plugin to measure, as a file. */
export interface PluginFile {
  path: string;
  /** Native libraries only: the plugin of a library that holds several. */
  plugin?: string | undefined;
}

/** Request to one measuring process. It crosses as JSON. */
export interface MeasurementRequest {
  file: PluginFile;
  /** Plugins behind it, in their order. */
  chain: readonly PluginFile[];
  /** The plugin to compare it with: measured beside it, in the same rounds. */
  against?: PluginFile | undefined;
  settings: readonly Setting[];
  /** Native libraries: true if they run in the measuring process. */
  inProcess: boolean;
  /** The setup of everything that does not vary it. */
  setup: Setup;
  /** Block sizes, in frames. */
  frames: readonly number[];
  ratesHz: readonly number[];
  channels: readonly number[];
  /** Names of inputs, or paths of WAV files. The first is that of everything that does not vary it. */
  inputs: readonly string[];
  /** Numbers of instances that share a block's time. */
  instances: readonly number[];
  /** Blocks of each row. */
  blocks: number;
  /** Seconds in real time, by a clock; 0 for none. */
  realtimeSeconds: number;
  seed: number;
  /** True if to take a profile, too: of components only. */
  profile?: boolean;
}

/** The row of a table: one setup, one input, one number of instances. */
export interface RowKey extends Setup {
  input: string;
  instances: number;
}

/** Times of the blocks of one contender in one row. */
export interface BlockStatistics {
  blocks: number;
  medianNs: number;
  p99Ns: number;
  p999Ns: number;
  worstNs: number;
  /** Blocks that took longer than they sound. */
  late: number;
  /** Late blocks while other programs took the processor. */
  lateByOthers: number;
  /** Collections of garbage that began within a block. */
  collections: number;
}

/** Fuel of a frame over the blocks of a row. */
export interface FuelStatistics {
  /** The median over the blocks. */
  usual: number;
  worst: number;
}

/** A row, measured. */
export interface Row {
  key: RowKey;
  /** The time that a block sounds. */
  budgetNs: number;
  /** The plugin (`plugin`), the same without limits (`unmetered`), what it is compared with (`against`), `calibration`. */
  times: Record<string, BlockStatistics>;
  fuelPerFrame?: FuelStatistics;
}

/** The first blocks of an instance. */
export interface FirstBlocks {
  firstNs: number;
  /** The slowest but the first. */
  worstNs: number;
  late: number;
  lateByOthers: number;
  blocks: number;
}

/** Blocks by a clock, as an audio device asks for them. */
export interface RealtimeStatistics extends BlockStatistics {
  instances: number;
  seconds: number;
  /** The median of how late the thread began a block. */
  wakeUpNs: number;
}

/** Two sounds compared: what comes out of the plugin, and of what it is compared with. */
export interface NullResult {
  samples: number;
  /** Samples that are not bit for bit the same. */
  different: number;
  /** The largest difference in decibels below full scale; `null` if there is none. */
  peakDb: number | null;
}

/** Levels at frequencies. */
export interface Response {
  hz: number[];
  db: number[];
}

/** The measurement of one process. */
export interface Measurement {
  name: string;
  descriptor: AudioDescriptor | undefined;
  against?: string;
  /** The shortest time that the clock tells, and what reading it twice takes. */
  clock: { resolutionNs: number; costNs: number };
  /** The very first instance in a process: nothing is compiled yet. */
  cold: FirstBlocks;
  /** A new instance once the code is warm: as a host goes live. */
  live: FirstBlocks;
  rows: Row[];
  /** Blocks of the first row by their times, by contender: see `histogram.ts`. */
  histogram: Record<string, number[]>;
  realtime: Record<string, RealtimeStatistics>;
  /** Times of the first row, block by block. */
  timeline: { startsMs: number[]; durationsNs: number[]; collections: Collection[] };
  /** The response to an impulse. */
  responses: Record<string, Response>;
  null?: NullResult;
  profile?: BlockProfile;
}
