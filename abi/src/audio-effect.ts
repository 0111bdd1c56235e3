import type { AnyPlugin } from './any-plugin.js';

/** The record `port` of `wasm-plugin:abi/audio-types`. */
export interface AudioPort {
  /** For people, e.g. `main` or `sidechain`. Unique per direction. */
  readonly name: string;
  readonly direction: 'input' | 'output';
  /** Channels that it takes at most, 1 to 64. */
  readonly channels: number;
}

/** The record `parameter` of `wasm-plugin:abi/audio-types`: a number that a user can turn. */
export interface AudioParameter {
  /** Stable across versions of the plugin, unique in it. */
  readonly id: number;
  /** For people, e.g. `Band 1 frequency`. */
  readonly name: string;
  /** `Hz`, `dB`, `ms`; empty for a plain number. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** The value before anyone sets it. */
  readonly default: number;
  /** Names of the values `min`, `min + 1`, … of a stepped parameter, or empty. */
  readonly choices: readonly string[];
  readonly flags: Readonly<Record<'automatable' | 'stepped' | 'logarithmic' | 'readOnly', boolean>>;
}

/** The record `descriptor` of `wasm-plugin:abi/audio-types`: a description of an audio plugin. */
export interface AudioDescriptor {
  readonly name: string;
  /** Inputs before outputs. The first of each direction is the main one. */
  readonly ports: readonly AudioPort[];
  /** In the order in which a user wants to see them. */
  readonly parameters: readonly AudioParameter[];
  /** Frames by which the output lags behind the input. */
  readonly latencyFrames: number;
}

/** The record `setup` of `wasm-plugin:abi/audio-types`: rate, block size and channels of the audio to process. */
export interface AudioSetup {
  /** Greater than zero, finite. */
  readonly sampleRateHz: number;
  /** No block is longer than this. 1 to 65,536. */
  readonly maxFrames: number;
  /** Channels of the main input and of the main output. 1 to 64. */
  readonly channels: number;
}

/**
 * The exports of the world `wasm-plugin:abi/audio-effect` beside `realtime`, by their short names, as instances of the carrier
 * `wasm` have them. Functions whose result is a `result` in WIT throw a `GuestError`.
 * @example
 * const plugin = await engine.load<AudioEffect>(component);
 * const { processor } = plugin.instantiate().exports;
 */
export interface AudioEffect extends AnyPlugin {
  readonly processor: {
    describe(): AudioDescriptor;
    prepare(setup: AudioSetup): void;
    setParameter(id: number, value: number): void;
    getParameter(id: number): number;
    reset(): void;
    process(inputs: readonly Float32Array[]): Float32Array[];
  };
}
