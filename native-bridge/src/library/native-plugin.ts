import { Arena } from './arena.js';
import type { Address, Callback, Ffi } from './ffi.js';
import { STATUS, STRUCTS } from './native-abi.js';
import type { NativeFunctions, NativeLibrary } from './native-library.js';
import { readDescriptor } from './read-descriptor.js';
import type { StructView } from './struct.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** What the host gives a native plugin. */
export interface NativeHost {
  log(level: (typeof LEVELS)[number], message: string): void;
  config(key: string): string | undefined;
}

/** How audio will be processed: the WIT record `setup`. */
export interface Setup {
  sampleRateHz: number;
  maxFrames: number;
  channels: number;
}

interface Setting {
  key: string;
  value: string;
}

/** The result of a WIT function that can fail. */
type Outcome = { tag: 'ok'; val?: unknown } | { tag: 'err'; val: unknown };

/** The plugin says that it must not be called again. */
export class NativePluginDead extends Error {}

/** Where the buffers of a lane are. */
export interface LaneMemory {
  inputs: readonly Address[];
  outputs: readonly Address[];
}

/**
 * An instance of a native plugin in this process, called with the values of the WIT functions that `wasm_plugin.h` maps.
 * Nothing protects the process from it.
 */
export class NativePlugin {
  readonly #ffi: Ffi;
  readonly #functions: Required<NativeFunctions>;
  readonly #arena: Arena;
  readonly #callbacks: Callback[] = [];
  readonly #plugin: Address;
  readonly #value: { address: Address; view: StructView<'value' | 'id' | 'reserved'> };
  /** The buffers of `process` with lists. */
  #scratch: { arena: Arena; lane: NativeLane; setup: Setup } | undefined;
  #setup: Setup | undefined;

  /** @throws {Error} the library makes no instance */
  constructor(ffi: Ffi, library: NativeLibrary, host: NativeHost) {
    this.#ffi = ffi;
    this.#functions = library.functions as Required<NativeFunctions>;
    this.#arena = new Arena(ffi);
    this.#value = this.#arena.struct(STRUCTS.value);
    this.#plugin = this.#functions.create(this.#hostStruct(host));
    if (this.#plugin !== 0) return;
    this.#release();
    throw new Error('its "create" returned NULL');
  }

  /** Whether it processes audio. */
  get hasAudio(): boolean {
    return (this.#functions.process as unknown) !== undefined;
  }

  init(settings: readonly Setting[]): Outcome {
    const outcome = this.#withSettings(this.#functions.init, settings);
    return outcome.tag === 'ok' && (this.#functions.start as unknown) !== undefined
      ? this.#texted(this.#functions.start(this.#plugin))
      : outcome;
  }

  health(): Outcome {
    return this.#texted(this.#functions.health(this.#plugin));
  }

  configure(changed: readonly Setting[]): Outcome {
    return this.#withSettings(this.#functions.configure, changed);
  }

  schema(): number {
    return this.#functions.schema(this.#plugin) >>> 0;
  }

  serialize(): Outcome {
    return this.#scoped((arena) => {
      const { address, view } = arena.struct(STRUCTS.state);
      const outcome = this.#texted(this.#functions.serialize(this.#plugin, address));
      if (outcome.tag === 'err') return outcome;
      const size = view.get('size');
      const bytes = size === 0 ? new Uint8Array() : new Uint8Array(this.#ffi.view(view.get('data'), size));
      return { tag: 'ok', val: bytes.slice() };
    });
  }

  restore(state: Uint8Array, schema: number, version: string): Outcome {
    return this.#scoped((arena) => {
      const { address } = arena.struct(STRUCTS.state, {
        data: arena.bytes(state),
        size: state.length,
        version: arena.text(version),
        schema,
      });
      return this.#texted(this.#functions.restore(this.#plugin, address));
    });
  }

  describe(): object {
    const address = this.#functions.describe(this.#plugin);
    if (address === 0) throw new NativePluginDead('its "describe" returned NULL');
    return readDescriptor(this.#ffi, address);
  }

  prepare(setup: Setup): Outcome {
    const outcome = this.#scoped((arena) => {
      const { address } = arena.struct(STRUCTS.setup, {
        sample_rate_hz: setup.sampleRateHz,
        max_frames: setup.maxFrames,
        channels: setup.channels,
      });
      return this.#audio(this.#functions.prepare(this.#plugin, address));
    });
    if (outcome.tag === 'ok') this.#setup = setup;
    return outcome;
  }

  /** Realtime: yes, except for the outcome object. */
  setParameter(id: number, value: number): Outcome {
    this.#value.view.set('id', id).set('value', value);
    return this.#audio(this.#functions.set_parameter(this.#plugin, this.#value.address), id, value);
  }

  getParameter(id: number): Outcome {
    this.#value.view.set('id', id).set('value', 0);
    const status = this.#functions.get_parameter(this.#plugin, this.#value.address);
    const outcome = this.#audio(status, id);
    return outcome.tag === 'ok' ? { tag: 'ok', val: this.#value.view.get('value') } : outcome;
  }

  reset(): void {
    this.#check(this.#functions.reset(this.#plugin));
  }

  /** Processes lists: an empty one where the shape does not fit the setup. */
  process(inputs: readonly Float32Array[]): Float32Array[] {
    const setup = this.#setup;
    const frames = inputs[0]?.length ?? 0;
    if (setup === undefined || inputs.length !== setup.channels) return [];
    if (frames > setup.maxFrames || inputs.some((channel) => channel.length !== frames)) return [];
    if (frames === 0) return inputs.map(() => new Float32Array());
    const { lane } = this.#scratchFor(setup);
    for (const [channel, samples] of inputs.entries()) lane.inputs[channel]?.set(samples);
    lane.process(frames);
    return lane.outputs.map((output) => output.slice(0, frames));
  }

  /** Binds buffers for blocks. State: prepared with this setup. */
  lane(memory: LaneMemory, arena: Arena): NativeLane {
    const setup = this.#setup as Setup;
    const { address, view } = arena.struct(STRUCTS.block, {
      inputs: arena.pointers(memory.inputs),
      outputs: arena.pointers(memory.outputs),
      channels: setup.channels,
    });
    const bytes = setup.maxFrames * 4;
    const views = (addresses: readonly Address[]): Float32Array<ArrayBuffer>[] =>
      addresses.map((at) => new Float32Array(this.#ffi.view(at, bytes)));
    const { process } = this.#functions;
    const plugin = this.#plugin;
    return {
      inputs: views(memory.inputs),
      outputs: views(memory.outputs),
      process: (frames) => {
        view.set('frames', frames);
        if (process(plugin, address) === STATUS.ok) return;
        throw new NativePluginDead('its "process" failed');
      },
    };
  }

  /** Opens a lane over buffers of its own, which live as long as the arena. State: prepared. */
  ownLane(arena: Arena): NativeLane {
    const { channels, maxFrames } = this.#setup as Setup;
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

  /** Stops and frees it. */
  destroy(): void {
    if ((this.#functions.stop as unknown) !== undefined) this.#functions.stop(this.#plugin);
    this.#functions.destroy(this.#plugin);
    this.#release();
  }

  #scratchFor(setup: Setup): { lane: NativeLane } {
    if (this.#scratch?.setup !== setup) {
      this.#scratch?.arena.free();
      const arena = new Arena(this.#ffi);
      this.#scratch = { arena, lane: this.ownLane(arena), setup };
    }
    return this.#scratch;
  }

  #release(): void {
    this.#scratch?.arena.free();
    for (const callback of this.#callbacks.splice(0)) callback.release();
    this.#arena.free();
  }

  #hostStruct(host: NativeHost): Address {
    const ffi = this.#ffi;
    const log = ffi.callback(
      (_data: number, level: number, message: number) => {
        host.log(LEVELS[level] ?? 'info', message === 0 ? '' : ffi.text(message));
      },
      { result: 'void', params: ['pointer', 'u32', 'pointer'] },
    );
    let last: Arena | undefined;
    const config = ffi.callback(
      (_data: number, key: number) => {
        const value = key === 0 ? undefined : host.config(ffi.text(key));
        last?.free();
        last = new Arena(ffi);
        return value === undefined ? 0 : last.text(value);
      },
      { result: 'pointer', params: ['pointer', 'pointer'] },
    );
    this.#callbacks.push(log, config, { address: 0, release: () => last?.free() });
    return this.#arena.struct(STRUCTS.host, {
      size: STRUCTS.host.size,
      log: log.address,
      config: config.address,
    }).address;
  }

  #withSettings(call: (...pointers: Address[]) => number, settings: readonly Setting[]): Outcome {
    return this.#scoped((arena) => {
      const words = settings.flatMap(({ key, value }) => [arena.text(key), arena.text(value)]);
      const { address } = arena.struct(STRUCTS.settings, {
        count: settings.length,
        settings: arena.pointers(words),
      });
      return this.#texted(call(this.#plugin, address));
    });
  }

  #scoped<Result>(run: (arena: Arena) => Result): Result {
    const arena = new Arena(this.#ffi);
    try {
      return run(arena);
    } finally {
      arena.free();
    }
  }

  #texted(status: number): Outcome {
    this.#check(status);
    return status === STATUS.ok ? { tag: 'ok' } : { tag: 'err', val: this.#error() };
  }

  #audio(status: number, id = 0, value = NaN): Outcome {
    this.#check(status);
    if (status === STATUS.ok) return { tag: 'ok' };
    if (status === STATUS.unknownParameter) return { tag: 'err', val: { tag: 'unknown-parameter', val: id } };
    if (status === STATUS.invalidValue) return { tag: 'err', val: { tag: 'invalid-value', val: value } };
    return { tag: 'err', val: { tag: 'unsupported-setup', val: this.#error() } };
  }

  #check(status: number): void {
    if (status === STATUS.dead) throw new NativePluginDead(this.#error());
  }

  #error(): string {
    const address = this.#functions.error(this.#plugin);
    return address === 0 ? '' : this.#ffi.text(address);
  }
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
