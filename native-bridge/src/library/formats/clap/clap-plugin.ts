import { Arena } from '../../arena.js';
import type { Address, Ffi } from '../../ffi.js';
import { NativePluginDead, type LaneMemory, type Outcome, type Setup } from '../../laned-plugin.js';
import type { StructView } from '../../struct.js';
import { FormatPlugin, OK, type Control } from '../format-plugin.js';
import { BOOL1, BOOL2, CLAP, CLAP_VERSION, POINTER2, PORT_INFO, U32_1, VOID1 } from './clap-abi.js';
import { structAt, type ClapLibrary } from './clap-library.js';
import { ClapParameters, nameIn } from './clap-parameters.js';

const MOST_PORTS = 64;
const NO_CONTROLS: ReadonlyMap<number, Control> = new Map();
/** `CLAP_PROCESS_ERROR`. */
const PROCESS_ERROR = 0;

interface Port {
  name: string;
  channels: number;
}

type Name = keyof (typeof CLAP.plugin)['fields'];

/**
 * A CLAP plugin behind the ABI. Its host has no extensions, and serves requests of a plugin with native functions that do
 * nothing: a plugin may call from a thread of its own.
 */
export class ClapPlugin extends FormatPlugin {
  readonly #arena: Arena;
  readonly #at: Address;
  readonly #view: StructView<Name>;
  readonly #name: string;
  readonly #inputs: readonly Port[];
  readonly #outputs: readonly Port[];
  readonly #parameters: ClapParameters | undefined;
  readonly #events: { none: Address; out: Address };
  #active = false;

  /** @param nothing a native function that returns 0, with any arguments */
  constructor(ffi: Ffi, library: ClapLibrary, { id, nothing }: { id: string; nothing: Address }) {
    super(ffi);
    this.#arena = new Arena(ffi);
    const text = (content: string): Address => this.#arena.text(content);
    const { address: host } = this.#arena.struct(CLAP.host, {
      ...CLAP_VERSION,
      name: text('wasm-plugin'),
      vendor: text(''),
      url: text(''),
      version: text('0'),
      get_extension: nothing,
      request_restart: nothing,
      request_process: nothing,
      request_callback: nothing,
    });
    this.#at = library.create(host, id);
    if (this.#at === 0) throw new Error(`it makes no plugin "${id}"`);
    this.#view = structAt(ffi, CLAP.plugin, this.#at);
    if (this.#call('init', BOOL1) === 0) throw new Error(`the "init" of "${id}" failed`);
    this.#name = ffi.text(structAt(ffi, CLAP.descriptor, this.#view.get('desc')).get('name'));
    this.#inputs = this.#portsOf(1);
    this.#outputs = this.#portsOf(0);
    this.#events = {
      none: this.#arena.struct(CLAP.inEvents, { size: nothing, get: nothing }).address,
      out: this.#arena.struct(CLAP.outEvents, { try_push: nothing }).address,
    };
    const params = this.#extension('clap.params');
    if (params !== 0)
      this.#parameters = new ClapParameters(ffi, { plugin: this.#at, at: params, out: this.#events.out });
  }

  protected override get controls(): ReadonlyMap<number, Control> {
    return this.#parameters?.all ?? NO_CONTROLS;
  }

  protected override get ownChannels(): number {
    return Math.max(channelsOf(this.#inputs), channelsOf(this.#outputs));
  }

  protected override read(id: number): number | undefined {
    return this.#parameters?.get(id);
  }

  protected override write(id: number, value: number): void {
    this.#parameters?.set(id, value);
  }

  /** The bytes that the plugin writes; without `clap.state` its parameters. */
  override serialize(): Outcome {
    const at = this.#extension('clap.state');
    if (at === 0) return this.controlsAsState();
    const parts: Uint8Array[] = [];
    const written = this.#streaming(
      (_stream, from, size) => {
        parts.push(new Uint8Array(this.ffi.view(from, size)).slice());
        return size;
      },
      (stream) => this.ffi.bind(structAt(this.ffi, CLAP.state, at).get('save'), BOOL2)(this.#at, stream),
    );
    return written
      ? { tag: 'ok', val: Buffer.concat(parts) }
      : { tag: 'err', val: 'the plugin saves no state' };
  }

  protected override take(state: Uint8Array): Outcome {
    const at = this.#extension('clap.state');
    if (at === 0) return this.takeControls(state);
    let read = 0;
    const taken = this.#streaming(
      (_stream, to, size) => {
        const part = state.subarray(read, read + size);
        if (part.length > 0) new Uint8Array(this.ffi.view(to, part.length)).set(part);
        read += part.length;
        return part.length;
      },
      (stream) => this.ffi.bind(structAt(this.ffi, CLAP.state, at).get('load'), BOOL2)(this.#at, stream),
    );
    return taken ? OK : { tag: 'err', val: 'the plugin does not take the state' };
  }

  override describe(): object {
    const ports = (direction: string, all: readonly Port[]): object[] =>
      all.map(({ name, channels }) => ({ name, direction, channels }));
    const latency = this.#extension('clap.latency');
    return {
      name: this.#name,
      ports: [...ports('input', this.#inputs), ...ports('output', this.#outputs)],
      parameters: this.describeControls(),
      latencyFrames:
        latency === 0 || !this.#active
          ? 0
          : this.ffi.bind(structAt(this.ffi, CLAP.latency, latency).get('get'), U32_1)(this.#at),
    };
  }

  protected override start({ sampleRateHz, maxFrames }: Setup): string | undefined {
    this.#deactivate();
    const activate = this.ffi.bind(this.#view.get('activate'), {
      result: 'bool',
      pointers: 0,
      params: ['pointer', 'f64', 'u32', 'u32'],
    });
    if (!activate(this.#at, sampleRateHz, 1, maxFrames)) return 'it cannot be activated so';
    this.#active = true;
    return this.#call('start_processing', BOOL1) === 0 ? 'it does not start to process' : undefined;
  }

  override reset(): void {
    if (this.#active) this.#call('reset', VOID1);
  }

  override destroy(): void {
    this.#deactivate();
    this.#call('destroy', VOID1);
    this.#parameters?.free();
    this.freeScratch();
    this.#arena.free();
  }

  protected override bind({ inputs, outputs }: LaneMemory, arena: Arena): (frames: number) => void {
    const { address, view } = arena.struct(CLAP.process, {
      audio_inputs: this.#buffers(this.#inputs, inputs, arena),
      audio_outputs: this.#buffers(this.#outputs, outputs, arena),
      audio_inputs_count: this.#inputs.length,
      audio_outputs_count: this.#outputs.length,
      in_events: this.#events.none,
      out_events: this.#events.out,
    });
    const process = this.ffi.bind(this.#view.get('process'), { result: 'i32', pointers: 2 });
    const plugin = this.#at;
    const cell = view.cell('frames_count');
    let time = 0;
    return (frames) => {
      cell[0] = frames;
      view.set('steady_time', time);
      time += frames;
      if (process(plugin, address) === PROCESS_ERROR) throw new NativePluginDead('its "process" failed');
    };
  }

  /** Divides buffers among ports, and returns the address of an array of `clap_audio_buffer`. */
  #buffers(ports: readonly Port[], buffers: readonly Address[], arena: Arena): Address {
    const { size } = CLAP.buffer;
    const { address, bytes } = arena.block(Math.max(1, ports.length) * size);
    let next = 0;
    for (const [index, { channels }] of ports.entries()) {
      const { view } = arena.struct(CLAP.buffer, {});
      view.set('data32', arena.pointers(buffers.slice(next, next + channels))).set('channel_count', channels);
      new Uint8Array(bytes, index * size, size).set(view.bytes());
      next += channels;
    }
    return address;
  }

  #call(name: Name, signature: typeof BOOL1): number {
    return Number(this.ffi.bind(this.#view.get(name), signature)(this.#at));
  }

  #extension(id: string): Address {
    const arena = new Arena(this.ffi);
    const found = this.ffi.bind(this.#view.get('get_extension'), POINTER2)(this.#at, arena.text(id));
    arena.free();
    return found;
  }

  #portsOf(isInput: 0 | 1): Port[] {
    const at = this.#extension('clap.audio-ports');
    if (at === 0) return [];
    const ports = structAt(this.ffi, CLAP.ports, at);
    const count = this.ffi.bind(ports.get('count'), { result: 'u32', pointers: 2 })(this.#at, isInput);
    if (count > MOST_PORTS) throw new Error(`it describes ${count} ports; at most ${MOST_PORTS} are read`);
    const info = this.#arena.block(PORT_INFO.bytes);
    const get = this.ffi.bind(ports.get('get'), { result: 'bool', pointers: 4 });
    return Array.from({ length: count }, (_, index) => {
      if (!get(this.#at, index, isInput, info.address))
        throw new Error(`it does not describe its port ${index}`);
      return {
        name: nameIn(info.bytes, PORT_INFO.name),
        channels: new DataView(info.bytes).getUint32(PORT_INFO.channels, true),
      };
    });
  }

  #deactivate(): void {
    if (!this.#active) return;
    if (this.setup !== undefined) this.#call('stop_processing', VOID1);
    this.#call('deactivate', VOID1);
    this.#active = false;
    this.setup = undefined;
  }

  #streaming(
    transfer: (stream: number, at: number, size: number) => number,
    run: (stream: Address) => number,
  ): boolean {
    const arena = new Arena(this.ffi);
    const callback = this.ffi.callback(transfer, {
      result: 'pointer',
      params: ['pointer', 'pointer', 'pointer'],
    });
    try {
      return Boolean(run(arena.struct(CLAP.stream, { transfer: callback.address }).address));
    } finally {
      callback.release();
      arena.free();
    }
  }
}

function channelsOf(ports: readonly Port[]): number {
  return ports.reduce((sum, { channels }) => sum + channels, 0);
}
