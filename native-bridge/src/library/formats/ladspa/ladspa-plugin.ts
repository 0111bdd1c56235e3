import { Arena } from '../../arena.js';
import type { Address, Ffi } from '../../ffi.js';
import type { LaneMemory, Outcome, Setup } from '../../laned-plugin.js';
import { FormatPlugin, type Control } from '../format-plugin.js';
import { HINT } from './ladspa-abi.js';
import { rangeOf, type LadspaDescriptor, type LadspaPort } from './ladspa-descriptor.js';

/** Of `rangeOf` before a sample rate is known. */
const USUAL_RATE_HZ = 48_000;

/**
 * A LADSPA plugin behind the ABI: its controls are the parameters, by the index of their port; a plugin of one channel has an
 * instance for each channel. It has no state of its own, so a state is the values of its controls.
 */
export class LadspaPlugin extends FormatPlugin {
  readonly #descriptor: LadspaDescriptor;
  readonly #inputs: readonly LadspaPort[];
  readonly #outputs: readonly LadspaPort[];
  readonly #arena: Arena;
  /** The values of all ports, which the instances read and write. */
  readonly #values: Float32Array;
  readonly #valuesAt: Address;
  #controls: ReadonlyMap<number, Control>;
  #handles: Address[] = [];
  /** Buffers that audio ports are connected to before those of a lane. */
  #nowhere: Arena | undefined;

  constructor(ffi: Ffi, descriptor: LadspaDescriptor) {
    super(ffi);
    this.#descriptor = descriptor;
    const { ports } = descriptor;
    this.#controls = controlsOf(ports, USUAL_RATE_HZ);
    this.#inputs = ports.filter(({ isAudio, isInput }) => isAudio && isInput);
    this.#outputs = ports.filter(({ isAudio, isInput }) => isAudio && !isInput);
    this.#arena = new Arena(ffi);
    const { address, bytes } = this.#arena.block(Math.max(1, ports.length) * 4);
    this.#valuesAt = address;
    this.#values = new Float32Array(bytes);
    for (const { id, byDefault } of this.#controls.values()) this.#values[id] = byDefault;
  }

  protected override get controls(): ReadonlyMap<number, Control> {
    return this.#controls;
  }

  protected override get ownChannels(): number | undefined {
    const own = Math.max(this.#inputs.length, this.#outputs.length);
    return own > 1 ? own : undefined;
  }

  protected override read(id: number): number | undefined {
    return this.#values[id];
  }

  protected override write(id: number, value: number): void {
    this.#values[id] = value;
  }

  override serialize(): Outcome {
    return this.controlsAsState();
  }

  override describe(): object {
    const latency = [...this.#controls.values()].find(
      ({ name, readOnly }) => readOnly && /^_?latency$/i.test(name),
    );
    const port = (direction: string, ports: readonly LadspaPort[]): object[] =>
      ports.length === 0 ? [] : [{ name: 'main', direction, channels: ports.length }];
    return {
      name: this.#descriptor.name,
      ports: [...port('input', this.#inputs), ...port('output', this.#outputs)],
      parameters: this.describeControls(),
      latencyFrames: latency === undefined ? 0 : Math.max(0, Math.round(this.#values[latency.id] ?? 0)) >>> 0,
    };
  }

  protected override start({ sampleRateHz, maxFrames, channels }: Setup): string | undefined {
    const copies = this.ownChannels === undefined ? channels : 1;
    const { instantiate, connect_port: connect, activate } = this.#descriptor.functions;
    this.#end();
    this.#controls = controlsOf(this.#descriptor.ports, sampleRateHz);
    for (let copy = 0; copy < copies; copy++) {
      const handle = instantiate?.(this.#descriptor.address, Math.round(sampleRateHz)) ?? 0;
      if (handle === 0) return 'it makes no instance for this sample rate';
      this.#handles.push(handle);
      for (const index of this.#controls.keys()) connect?.(handle, index, this.#valuesAt + index * 4);
    }
    // Some begin to work in `activate`: every port has to be there.
    const arena = new Arena(this.ffi);
    this.#nowhere?.free();
    this.#nowhere = arena;
    const nowhere = arena.block(maxFrames * 4).address;
    for (const handle of this.#handles) {
      for (const { index } of [...this.#inputs, ...this.#outputs]) connect?.(handle, index, nowhere);
      activate?.(handle);
    }
    return undefined;
  }

  override reset(): void {
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

function controlsOf(ports: readonly LadspaPort[], sampleRateHz: number): Map<number, Control> {
  const controls = ports.filter(({ isAudio }) => !isAudio);
  return new Map(controls.map((port) => [port.index, controlOf(port, sampleRateHz)]));
}

function controlOf(port: LadspaPort, sampleRateHz: number): Control {
  const { index: id, name, isInput, hints } = port;
  const { min, max, byDefault } = rangeOf(port, sampleRateHz);
  return {
    id,
    name,
    min,
    max,
    byDefault: isInput ? byDefault : 0,
    stepped: (hints & (HINT.integer | HINT.toggled)) !== 0,
    logarithmic: (hints & HINT.logarithmic) !== 0,
    readOnly: !isInput,
    automatable: isInput,
  };
}
