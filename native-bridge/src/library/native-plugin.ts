import { Arena } from './arena.js';
import type { Address, Callback, Ffi } from './ffi.js';
import {
  LanedPlugin,
  NativePluginDead,
  type LaneMemory,
  type Outcome,
  type PluginFunctions,
  type Setting,
  type Setup,
} from './laned-plugin.js';
import { STATUS, STRUCTS } from './native-abi.js';
import type { NativeFunctions, NativeLibrary } from './native-library.js';
import { readDescriptor } from './read-descriptor.js';
import type { StructView } from './struct.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** Returns true if a text from a child is a level of a log line. */
export function isLogLevel(text: string): text is (typeof LEVELS)[number] {
  return (LEVELS as readonly string[]).includes(text);
}

/** Functions of the host for a native plugin. */
export interface NativeHost {
  log(level: (typeof LEVELS)[number], message: string): void;
  config(key: string): string | undefined;
}

/**
 * An instance of a native plugin in this process, called with the values of the WIT functions that `wasm_plugin.h` maps.
 * Nothing protects the process from it.
 */
export class NativePlugin extends LanedPlugin implements PluginFunctions {
  readonly #functions: Required<NativeFunctions>;
  readonly #arena: Arena;
  readonly #callbacks: Callback[] = [];
  readonly #plugin: Address;
  readonly #value: { address: Address; view: StructView<'value' | 'id' | 'reserved'> };

  /** @throws {Error} the library makes no instance */
  constructor(ffi: Ffi, library: NativeLibrary, host: NativeHost) {
    super(ffi);
    this.#functions = library.functions as Required<NativeFunctions>;
    this.#arena = new Arena(ffi);
    this.#value = this.#arena.struct(STRUCTS.value);
    this.#plugin = this.#functions.create(this.#hostStruct(host));
    if (this.#plugin !== 0) return;
    this.#release();
    throw new Error('its "create" returned NULL');
  }

  /** True if it processes audio. */
  override get hasAudio(): boolean {
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
      const bytes = size === 0 ? new Uint8Array() : new Uint8Array(this.ffi.view(view.get('data'), size));
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
    return readDescriptor(this.ffi, address);
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
    if (outcome.tag === 'ok') this.setup = setup;
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

  protected override bind(memory: LaneMemory, arena: Arena): (frames: number) => void {
    const { address, view } = arena.struct(STRUCTS.block, {
      inputs: arena.pointers(memory.inputs),
      outputs: arena.pointers(memory.outputs),
      channels: (this.setup as Setup).channels,
    });
    const { process } = this.#functions;
    const plugin = this.#plugin;
    const cell = view.cell('frames');
    return (frames) => {
      cell[0] = frames;
      if (process(plugin, address) === STATUS.ok) return;
      throw new NativePluginDead('its "process" failed');
    };
  }

  /** Stops and frees it. */
  override destroy(): void {
    if ((this.#functions.stop as unknown) !== undefined) this.#functions.stop(this.#plugin);
    this.#functions.destroy(this.#plugin);
    this.#release();
  }

  #release(): void {
    this.freeScratch();
    for (const callback of this.#callbacks.splice(0)) callback.release();
    this.#arena.free();
  }

  #hostStruct(host: NativeHost): Address {
    const ffi = this.ffi;
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
    const arena = new Arena(this.ffi);
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
    return address === 0 ? '' : this.ffi.text(address);
  }
}
