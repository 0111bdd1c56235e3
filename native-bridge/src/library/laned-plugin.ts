import { Arena } from './arena.js';
import type { Address, Ffi } from './ffi.js';

/** Settings of audio processing: the WIT record `setup`. */
export interface Setup {
  sampleRateHz: number;
  maxFrames: number;
  channels: number;
}

/** A setting of the host: the WIT record `setting`. */
export interface Setting {
  key: string;
  value: string;
}

/** The result of a WIT function that can fail. */
export type Outcome = { tag: 'ok'; val?: unknown } | { tag: 'err'; val: unknown };

/** The plugin says that it must not be called again. */
export class NativePluginDead extends Error {}

/** Addresses of a lane's buffers. */
export interface LaneMemory {
  inputs: readonly Address[];
  outputs: readonly Address[];
}

/** Buffers of a native plugin, and the call that processes them in place. */
export interface NativeLane {
  readonly inputs: readonly Float32Array<ArrayBuffer>[];
  readonly outputs: readonly Float32Array<ArrayBuffer>[];
  /**
   * Realtime: yes, it allocates nothing.
   * @throws {NativePluginDead} the plugin failed
   */
  process(frames: number): void;
}

/** The functions of the ABI, for a library of any format. */
export interface PluginFunctions {
  init(settings: readonly Setting[]): Outcome;
  health(): Outcome;
  configure(changed: readonly Setting[]): Outcome;
  schema(): number;
  serialize(): Outcome;
  restore(state: Uint8Array, schema: number, version: string): Outcome;
  describe(): object;
  prepare(setup: Setup): Outcome;
  setParameter(id: number, value: number): Outcome;
  getParameter(id: number): Outcome;
  reset(): void;
}

/** A plugin in this process whose buffers are native memory. */
export abstract class LanedPlugin {
  protected readonly ffi: Ffi;
  /** Setup of the last successful `prepare`. */
  protected setup: Setup | undefined;
  /** The buffers of `process` with lists. */
  #scratch: { arena: Arena; lane: NativeLane; setup: Setup } | undefined;

  constructor(ffi: Ffi) {
    this.ffi = ffi;
  }

  /** True if it processes audio. */
  abstract get hasAudio(): boolean;

  /** Binds buffers, and returns the call that processes one block in them. State: prepared. */
  protected abstract bind(memory: LaneMemory, arena: Arena): (frames: number) => void;

  /** Stops and frees it. */
  abstract destroy(): void;

  /** Binds buffers for blocks. State: prepared with this setup. */
  lane(memory: LaneMemory, arena: Arena): NativeLane {
    const bytes = (this.setup as Setup).maxFrames * 4;
    const views = (addresses: readonly Address[]): Float32Array<ArrayBuffer>[] =>
      addresses.map((at) => new Float32Array(this.ffi.view(at, bytes)));
    return {
      inputs: views(memory.inputs),
      outputs: views(memory.outputs),
      process: this.bind(memory, arena),
    };
  }

  /** Opens a lane over buffers of its own, which live as long as the arena. State: prepared. */
  ownLane(arena: Arena): NativeLane {
    const { channels, maxFrames } = this.setup as Setup;
    const bytes = Math.ceil((maxFrames * 4) / 64) * 64;
    const { address } = arena.block(channels * 2 * bytes + 64);
    const start = Math.ceil(address / 64) * 64;
    const at = (index: number): Address => start + index * bytes;
    const indices = Array.from({ length: channels }, (_, channel) => channel);
    return this.lane(
      { inputs: indices.map(at), outputs: indices.map((channel) => at(channels + channel)) },
      arena,
    );
  }

  /** Processes lists: an empty one if the shape does not fit the setup. */
  process(inputs: readonly Float32Array[]): Float32Array[] {
    const { setup } = this;
    const frames = inputs[0]?.length ?? 0;
    if (setup === undefined || inputs.length !== setup.channels) return [];
    if (frames > setup.maxFrames || inputs.some((channel) => channel.length !== frames)) return [];
    if (frames === 0) return inputs.map(() => new Float32Array());
    const { lane } = this.#scratchFor(setup);
    for (const [channel, samples] of inputs.entries()) lane.inputs[channel]?.set(samples);
    lane.process(frames);
    return lane.outputs.map((output) => output.slice(0, frames));
  }

  protected freeScratch(): void {
    this.#scratch?.arena.free();
    this.#scratch = undefined;
  }

  #scratchFor(setup: Setup): { lane: NativeLane } {
    if (this.#scratch?.setup !== setup) {
      this.#scratch?.arena.free();
      const arena = new Arena(this.ffi);
      this.#scratch = { arena, lane: this.ownLane(arena), setup };
    }
    return this.#scratch;
  }
}
