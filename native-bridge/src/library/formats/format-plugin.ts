import {
  LanedPlugin,
  type Outcome,
  type PluginFunctions,
  type Setting,
  type Setup,
} from '../laned-plugin.js';
import { settingKey } from './setting-key.js';

/** A parameter of a plugin of another format. */
export interface Control {
  id: number;
  name: string;
  min: number;
  max: number;
  byDefault: number;
  stepped: boolean;
  logarithmic: boolean;
  readOnly: boolean;
  automatable: boolean;
}

export const OK: Outcome = { tag: 'ok' };

/** Bytes of a control in a state: `u32` id, `f64` value, little-endian. */
const SAVED_BYTES = 12;

/** The common part of plugins of foreign formats behind the ABI: parameters are their settings and their state. */
export abstract class FormatPlugin extends LanedPlugin implements PluginFunctions {
  /** Parameters by their ids, for the present sample rate. */
  protected abstract get controls(): ReadonlyMap<number, Control>;
  /** The channels that it has to be prepared for; `undefined` if any number will do. */
  protected abstract get ownChannels(): number | undefined;
  protected abstract read(id: number): number | undefined;
  /** Sets a parameter whose value fits. */
  protected abstract write(id: number, value: number): void;
  /** Prepares it for a setup that fits. Returns why it cannot. */
  protected abstract start(setup: Setup): string | undefined;

  abstract serialize(): Outcome;
  abstract describe(): object;
  abstract reset(): void;

  override get hasAudio(): boolean {
    return true;
  }

  init(settings: readonly Setting[]): Outcome {
    return this.configure(settings);
  }

  health(): Outcome {
    return OK;
  }

  /** Takes settings whose keys are names of parameters, as they are or as `settingKey` has them: all or none. */
  configure(changed: readonly Setting[]): Outcome {
    const taken: [id: number, value: number][] = [];
    for (const { key, value } of changed) {
      const settable = [...this.controls.values()].filter(({ readOnly }) => !readOnly);
      const control =
        settable.find(({ name }) => name === key) ?? settable.find(({ name }) => settingKey(name) === key);
      if (control === undefined) continue;
      if (!takes(control, Number(value))) return { tag: 'err', val: `"${key}" cannot be "${value}"` };
      taken.push([control.id, Number(value)]);
    }
    for (const [id, value] of taken) this.write(id, value);
    return OK;
  }

  schema(): number {
    return 1;
  }

  restore(state: Uint8Array, schema: number): Outcome {
    return schema === this.schema()
      ? this.take(state)
      : { tag: 'err', val: `the state has schema ${schema}, this carrier reads ${this.schema()}` };
  }

  prepare(setup: Setup): Outcome {
    const { sampleRateHz, maxFrames, channels } = setup;
    const { ownChannels } = this;
    if (!(sampleRateHz >= 1000 && sampleRateHz <= 768_000))
      return refused('the sample rate must be 1000 to 768000 Hz');
    if (!(maxFrames >= 1 && maxFrames <= 65_536)) return refused('a block must have 1 to 65536 frames');
    if (!(channels >= 1 && channels <= 64)) return refused('there must be 1 to 64 channels');
    if (ownChannels !== undefined && channels !== ownChannels)
      return refused(`there must be ${ownChannels} channels`);
    const reason = this.start(setup);
    if (reason !== undefined) return refused(reason);
    this.setup = setup;
    this.freeScratch();
    return OK;
  }

  setParameter(id: number, value: number): Outcome {
    const control = this.controls.get(id);
    if (control === undefined) return { tag: 'err', val: { tag: 'unknown-parameter', val: id } };
    if (!takes(control, value)) return { tag: 'err', val: { tag: 'invalid-value', val: value } };
    this.write(id, value);
    return OK;
  }

  getParameter(id: number): Outcome {
    const value = this.controls.has(id) ? this.read(id) : undefined;
    if (value === undefined) return { tag: 'err', val: { tag: 'unknown-parameter', val: id } };
    return { tag: 'ok', val: value };
  }

  /** Takes a state of the right schema. */
  protected take(state: Uint8Array): Outcome {
    return this.takeControls(state);
  }

  /** The values of all parameters that can be set, as a state. */
  protected controlsAsState(): Outcome {
    const settable = [...this.controls.values()].filter(({ readOnly }) => !readOnly);
    const view = new DataView(new ArrayBuffer(settable.length * SAVED_BYTES));
    for (const [place, { id, byDefault }] of settable.entries()) {
      view.setUint32(place * SAVED_BYTES, id, true);
      view.setFloat64(place * SAVED_BYTES + 4, this.read(id) ?? byDefault, true);
    }
    return { tag: 'ok', val: new Uint8Array(view.buffer) };
  }

  protected takeControls(state: Uint8Array): Outcome {
    if (state.length % SAVED_BYTES !== 0) return { tag: 'err', val: 'the state is not one of this plugin' };
    const view = new DataView(state.buffer, state.byteOffset, state.length);
    const values = new Map<number, number>();
    for (let at = 0; at < state.length; at += SAVED_BYTES) {
      const [id, value] = [view.getUint32(at, true), view.getFloat64(at + 4, true)];
      const control = this.controls.get(id);
      if (control === undefined || control.readOnly || !Number.isFinite(value))
        return { tag: 'err', val: `the parameter ${id} cannot have the saved value` };
      // The range may be that of another sample rate.
      values.set(id, Math.min(control.max, Math.max(control.min, value)));
    }
    for (const [id, value] of values) this.write(id, value);
    return OK;
  }

  /** The parameters as the WIT record `parameter` has them. */
  protected describeControls(): object[] {
    return [...this.controls.values()].map(
      ({ id, name, min, max, byDefault, automatable, stepped, logarithmic, readOnly }) => ({
        id,
        name,
        unit: '',
        min,
        max,
        default: byDefault,
        choices: [],
        flags: { automatable, stepped, logarithmic, readOnly },
      }),
    );
  }
}

/** Realtime: yes. */
function takes({ readOnly, min, max }: Control, value: number): boolean {
  return !readOnly && value >= min && value <= max;
}

function refused(reason: string): Outcome {
  return { tag: 'err', val: { tag: 'unsupported-setup', val: reason } };
}
