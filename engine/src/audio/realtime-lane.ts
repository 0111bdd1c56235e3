import { AbiError, type AudioSetup } from '@wasm-plugin/abi';
import { InterfaceNames } from '../component/index.js';
import type { Instance } from '../runtime/index.js';
import { checkLane, type LaneAddresses, type LaneRecord } from './lane-buffers.js';

const INTERFACE = 'wasm-plugin:abi/realtime@0.1.0';

/** Rate, block size and channels of a lane. */
export type LaneSetup = AudioSetup;

type Channels = readonly Float32Array<ArrayBuffer>[];

interface RealtimeExports {
  prepare(setup: LaneSetup): LaneRecord;
  processBlock(frames: number): void;
}

/**
 * The host's side of `wasm-plugin:abi/realtime`: views of the buffers that lie in the plugin's own memory.
 *
 * State: usable until the plugin is prepared anew, by this interface or by `processor`, or its instance ends.
 */
export class RealtimeLane {
  readonly maxFrames: number;
  readonly #memory: WebAssembly.Memory;
  readonly #addresses: LaneAddresses;
  readonly #process: (frames: number) => void;
  #inputs: Channels;
  #outputs: Channels;

  constructor(
    memory: WebAssembly.Memory,
    given: { maxFrames: number; addresses: LaneAddresses; process: (frames: number) => void },
  ) {
    this.maxFrames = given.maxFrames;
    this.#memory = memory;
    this.#addresses = given.addresses;
    this.#process = given.process;
    this.#inputs = this.#views(given.addresses.inputs);
    this.#outputs = this.#views(given.addresses.outputs);
  }

  /**
   * One buffer a channel, each of `maxFrames` samples, for the host to write. The plugin may overwrite it.
   *
   * Realtime: yes. Take them anew after each call of the plugin: when its memory has grown, the earlier ones are dead,
   * and new ones are made here.
   */
  get inputs(): Channels {
    this.#renewIfDetached();
    return this.#inputs;
  }

  /** One buffer a channel, each of `maxFrames` samples, for the host to read after `process`. Like `inputs` otherwise. */
  get outputs(): Channels {
    this.#renewIfDetached();
    return this.#outputs;
  }

  /**
   * Processes one block, from the input buffers to the output buffers.
   *
   * Realtime: yes, it allocates nothing.
   * @param frames - 1 to `maxFrames`
   * @throws {RangeError} `frames` is greater than `maxFrames`
   * @throws {TrapError} WP_TRAP, WP_CLOSED: the instance is dead
   */
  process(frames: number): void {
    if (!(frames <= this.maxFrames)) {
      throw new RangeError(`Cannot process ${frames} frames: the lane holds ${this.maxFrames}`);
    }
    this.#process(frames);
  }

  #renewIfDetached(): void {
    if (this.#inputs[0]?.length !== 0) return;
    this.#inputs = this.#views(this.#addresses.inputs);
    this.#outputs = this.#views(this.#addresses.outputs);
  }

  #views(addresses: readonly number[]): Channels {
    const buffer = this.#memory.buffer as ArrayBuffer;
    return addresses.map((address) => new Float32Array(buffer, address, this.maxFrames));
  }
}

/**
 * Prepares an audio plugin and opens its realtime lane.
 *
 * State: ready or prepared, becomes prepared. Realtime: no, it allocates.
 *
 * @throws {RangeError} the setup is out of range
 * @throws {AbiError} WP_EXPORT_MISSING the plugin has no realtime lane
 * @throws {AbiError} WP_ABI_MISMATCH its buffers are not where the ABI wants them; the instance stays usable
 * @throws {GuestError} WP_GUEST the plugin cannot work with this setup; `payload` says why; the instance stays usable
 * @example
 * const lane = openLane(instance, { sampleRateHz: 48_000, maxFrames: 128, channels: 2 });
 * lane.inputs[0].set(block);
 * lane.process(block.length);
 * const processed = lane.outputs[0];
 */
export function openLane(instance: Instance<object>, setup: LaneSetup): RealtimeLane {
  checkSetup(setup);
  const name = new InterfaceNames(Object.keys(instance.exports)).find(INTERFACE);
  if (name === undefined) {
    throw new AbiError(
      'WP_EXPORT_MISSING',
      `Cannot open a realtime lane: the plugin does not export "${INTERFACE}"`,
    );
  }
  const exports = (instance.exports as Record<string, unknown>)[name] as RealtimeExports;
  const lane = exports.prepare(setup);
  const { memory } = instance.memoryOf([name, 'prepare']);
  const addresses = checkLane(lane, {
    plugin: instance.plugin,
    channels: setup.channels,
    maxFrames: setup.maxFrames,
    memoryBytes: memory.buffer.byteLength,
  });
  return new RealtimeLane(memory, {
    maxFrames: setup.maxFrames,
    addresses,
    process: exports.processBlock,
  });
}

function checkSetup({ sampleRateHz, maxFrames, channels }: LaneSetup): void {
  if (!(sampleRateHz > 0 && Number.isFinite(sampleRateHz))) {
    throw outOfRange('sampleRateHz', { wanted: 'a number above 0', found: sampleRateHz });
  }
  if (!(Number.isInteger(maxFrames) && maxFrames >= 1 && maxFrames <= 65_536)) {
    throw outOfRange('maxFrames', { wanted: 'a whole number from 1 to 65536', found: maxFrames });
  }
  if (!(Number.isInteger(channels) && channels >= 1 && channels <= 64)) {
    throw outOfRange('channels', { wanted: 'a whole number from 1 to 64', found: channels });
  }
}

function outOfRange(key: string, { wanted, found }: { wanted: string; found: number }): RangeError {
  return new RangeError(`Cannot open a realtime lane: "${key}" must be ${wanted}, it is ${found}`);
}
