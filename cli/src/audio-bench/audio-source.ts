import type { AudioDescriptor } from '@wasm-plugin/abi';

/** Rate, block size and channels of a lane. */
export interface Setup {
  sampleRateHz: number;
  /** Frames of each block. */
  maxFrames: number;
  channels: number;
}

/** Buffers of a plugin, and the function that processes a block of them. */
export interface Lane {
  /** One buffer a channel, for the caller to write. Read anew for each block. */
  readonly inputs: readonly Float32Array[];
  /** One buffer a channel, for the caller to read. Read anew for each block. */
  readonly outputs: readonly Float32Array[];
  process(frames: number): void;
}

/** An instance of an audio plugin, ready to process. */
export interface OpenedPlugin {
  lane: Lane;
  /** Returns the fuel of the last block; `undefined` if nothing counts it. */
  fuel(): number | undefined;
  close(): void;
}

/** An audio plugin, of whatever carrier, that opens instances. */
export interface AudioSource {
  name: string;
  /** Description of the plugin; `undefined` if it does not describe itself. */
  descriptor: AudioDescriptor | undefined;
  /**
   * Starts an instance and prepares it.
   * @throws {PluginError} the plugin cannot start, or does not take the setup
   */
  open(setup: Setup): Promise<OpenedPlugin>;
  close(): Promise<void>;
}
