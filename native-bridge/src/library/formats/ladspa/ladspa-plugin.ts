import { Arena } from '../../arena.js';
import type { Address, Ffi } from '../../ffi.js';
import {
  LanedPlugin,
  type LaneMemory,
  type Outcome,
  type PluginFunctions,
  type Setting,
  type Setup,
} from '../../laned-plugin.js';
import { HINT } from './ladspa-abi.js';
import { rangeOf, type LadspaDescriptor, type LadspaPort } from './ladspa-descriptor.js';

const OK: Outcome = { tag: 'ok' };
/** Of `rangeOf` before a sample rate is known. */
const USUAL_RATE_HZ = 48_000;
const SCHEMA = 1;
const MOST_CHANNELS = 64;

/**
 * A LADSPA plugin behind the ABI: its controls are the parameters, by the index of their port; a plugin of one channel has an
 * instance for each channel. It has no state of its own, so a state is the values of its controls.
 */
export class LadspaPlugin extends LanedPlugin implements PluginFunctions {
  readonly #descriptor: LadspaDescriptor;
  readonly #controls: ReadonlyMap<number, LadspaPort>;
  readonly #inputs: readonly LadspaPort[];
  readonly #outputs: readonly LadspaPort[];
  readonly #arena: Arena;
  /** The values of all ports, which the instances read and write. */
  readonly #values: Float32Array;
  readonly #valuesAt: Address;
  #handles: Address[] = [];
  /** Where audio ports are connected before a lane is. */
  #nowhere: Arena | undefined;

  constructor(ffi: Ffi, descriptor: LadspaDescriptor) {
    super(ffi);
    this.#descriptor = descriptor;
    const { ports } = descriptor;
    this.#controls = new Map(ports.filter(({ isAudio }) => !isAudio).map((port) => [port.index, port]));
    this.#inputs = ports.filter(({ isAudio, isInput }) => isAudio && isInput);
    this.#outputs = ports.filter(({ isAudio, isInput }) => isAudio && !isInput);
    this.#arena = new Arena(ffi);
    const { address, bytes } = this.#arena.block(Math.max(1, ports.length) * 4);
    this.#valuesAt = address;
    this.#values = new Float32Array(bytes);
    for (const [index, port] of this.#controls)
      if (port.isInput) this.#values[index] = rangeOf(port, USUAL_RATE_HZ).byDefault;
  }

  override get hasAudio(): boolean {
    return true;
  }

  init(settings: readonly Setting[]): Outcome {
    return this.configure(settings);
  }

  health(): Outcome {
    return OK;
  }

  /** Takes settings whose keys are names of controls, all or none. */
  configure(changed: readonly Setting[]): Outcome {
    const taken: [index: number, value: number][] = [];
    for (const { key, value } of changed) {
      const port = [...this.#controls.values()].find(({ name, isInput }) => isInput && name === key);
      if (port === undefined) continue;
      if (!this.#takes(port, Number(value))) return { tag: 'err', val: `"${key}" cannot be "${value}"` };
      taken.push([port.index, Number(value)]);
    }
    for (const [index, value] of taken) this.#values[index] = value;
    return OK;
  }

  schema(): number {
    return SCHEMA;
  }

  /** Little-endian: for each control input, its index as `u32` and its value as `f32`. */
  serialize(): Outcome {
    const settable = [...this.#controls.values()].filter(({ isInput }) => isInput);
    const view = new DataView(new ArrayBuffer(settable.length * 8));
    for (const [place, { index }] of settable.entries()) {
      view.setUint32(place * 8, index, true);
      view.setFloat32(place * 8 + 4, this.#values[index] as number, true);
    }
    return { tag: 'ok', val: new Uint8Array(view.buffer) };
  }

  restore(state: Uint8Array, schema: number): Outcome {
    if (schema !== SCHEMA || state.length % 8 !== 0)
      return { tag: 'err', val: 'the state is not one of this plugin' };
    const view = new DataView(state.buffer, state.byteOffset, state.length);
    const values = new Map<number, number>();
    for (let at = 0; at < state.length; at += 8) {
      const [index, value] = [view.getUint32(at, true), view.getFloat32(at + 4, true)];
      const port = this.#controls.get(index);
      if (port?.isInput !== true || !Number.isFinite(value))
        return { tag: 'err', val: `the state has a value for the control ${index}, which takes none` };
      values.set(index, value);
    }
    for (const [index, value] of values) this.#values[index] = value;
    return OK;
  }

  describe(): object {
    const rate = this.setup?.sampleRateHz ?? USUAL_RATE_HZ;
    const latency = [...this.#controls.values()].find(
      ({ name, isInput }) => !isInput && /^_?latency$/i.test(name),
    );
    const port = (direction: string, ports: readonly LadspaPort[]): object[] =>
      ports.length === 0 ? [] : [{ name: 'main', direction, channels: ports.length }];
    return {
      name: this.#descriptor.name,
      ports: [...port('input', this.#inputs), ...port('output', this.#outputs)],
      parameters: [...this.#controls.values()].map((control) => parameterOf(control, rate)),
      latencyFrames:
        latency === undefined ? 0 : Math.max(0, Math.round(this.#values[latency.index] ?? 0)) >>> 0,
    };
  }

  prepare(setup: Setup): Outcome {
    const { sampleRateHz, maxFrames, channels } = setup;
    const own = Math.max(this.#inputs.length, this.#outputs.length);
    const copies = own <= 1 ? channels : 1;
    if (!(sampleRateHz >= 1000 && sampleRateHz <= 768_000))
      return refused('the sample rate must be 1000 to 768000 Hz');
    if (!(maxFrames >= 1 && maxFrames <= 65_536)) return refused('a block must have 1 to 65536 frames');
    if (!(channels >= 1 && channels <= MOST_CHANNELS))
      return refused(`there must be 1 to ${MOST_CHANNELS} channels`);
    if (own > 1 && channels !== own) return refused(`there must be ${own} channels`);
    const { instantiate, connect_port: connect, activate } = this.#descriptor.functions;
    this.#end();
    for (let copy = 0; copy < copies; copy++) {
      const handle = instantiate?.(this.#descriptor.address, Math.round(sampleRateHz)) ?? 0;
      if (handle === 0) return refused('it makes no instance for this sample rate');
      this.#handles.push(handle);
      for (const index of this.#controls.keys()) connect?.(handle, index, this.#valuesAt + index * 4);
    }
    this.setup = setup;
    this.freeScratch();
    // Some begin to work in `activate`: every port has to be there.
    const arena = new Arena(this.ffi);
    this.#nowhere?.free();
    this.#nowhere = arena;
    const nowhere = arena.block(maxFrames * 4).address;
    for (const handle of this.#handles) {
      for (const { index } of [...this.#inputs, ...this.#outputs]) connect?.(handle, index, nowhere);
      activate?.(handle);
    }
    return OK;
  }

  setParameter(id: number, value: number): Outcome {
    const port = this.#controls.get(id);
    if (port === undefined) return { tag: 'err', val: { tag: 'unknown-parameter', val: id } };
    if (!this.#takes(port, value)) return { tag: 'err', val: { tag: 'invalid-value', val: value } };
    this.#values[id] = value;
    return OK;
  }

  getParameter(id: number): Outcome {
    if (this.#controls.has(id)) return { tag: 'ok', val: this.#values[id] };
    return { tag: 'err', val: { tag: 'unknown-parameter', val: id } };
  }

  reset(): void {
    const { activate, deactivate } = this.#descriptor.functions;
    for (const handle of this.#handles) {
      deactivate?.(handle);
      activate?.(handle);
    }
  }

  override destroy(): void {
    this.#end();
    this.freeScratch();
    this.#nowhere?.free();
    this.#arena.free();
  }

  protected override bind({ inputs, outputs }: LaneMemory): (frames: number) => void {
    const { connect_port: connect, run } = this.#descriptor.functions;
    const handles = this.#handles;
    const single = handles.length > 1 || Math.max(this.#inputs.length, this.#outputs.length) <= 1;
    for (const [copy, handle] of handles.entries()) {
      for (const [place, { index }] of this.#inputs.entries())
        connect?.(handle, index, inputs[single ? copy : place] as number);
      for (const [place, { index }] of this.#outputs.entries())
        connect?.(handle, index, outputs[single ? copy : place] as number);
    }
    return (frames) => {
      for (const handle of handles) run?.(handle, frames);
    };
  }

  #takes(port: LadspaPort, value: number): boolean {
    if (!port.isInput || !Number.isFinite(value)) return false;
    const { min, max } = rangeOf(port, this.setup?.sampleRateHz ?? USUAL_RATE_HZ);
    return value >= min && value <= max;
  }

  #end(): void {
    const { deactivate, cleanup } = this.#descriptor.functions;
    for (const handle of this.#handles) {
      if (this.setup !== undefined) deactivate?.(handle);
      cleanup?.(handle);
    }
    this.#handles = [];
    this.setup = undefined;
  }
}

function refused(reason: string): Outcome {
  return { tag: 'err', val: { tag: 'unsupported-setup', val: reason } };
}

function parameterOf(port: LadspaPort, sampleRateHz: number): object {
  const { index, name, isInput, hints } = port;
  const { min, max, byDefault } = rangeOf(port, sampleRateHz);
  return {
    id: index,
    name,
    unit: '',
    min,
    max,
    default: isInput ? byDefault : 0,
    choices: [],
    flags: {
      automatable: isInput,
      stepped: (hints & (HINT.integer | HINT.toggled)) !== 0,
      logarithmic: (hints & HINT.logarithmic) !== 0,
      readOnly: !isInput,
    },
  };
}
