/** The parameters that a user can change. */
import { AudioError, Parameter, ParameterFlags } from './bindings/audio-types';

export const BANDS = 6;

/** The parameters of a band; the id is `band * BAND_STRIDE + one of these`. */
export const TYPE = 0;
export const FREQUENCY = 1;
export const GAIN = 2;
export const Q = 3;
const BAND_PARAMETERS = 4;
const BAND_STRIDE = 8;
/** The id of the one parameter that is of no band. */
const OUTPUT_ID = 64;

export const COUNT = BANDS * BAND_PARAMETERS + 1;
export const OUTPUT = COUNT - 1;

const TYPES: string[] = [
  'Off',
  'Peak',
  'Low shelf',
  'High shelf',
  'Low pass',
  'High pass',
  'Band pass',
  'Notch',
];
const KEYS: string[] = ['type', 'frequency', 'gain', 'q'];
const DEFAULT_TYPES: f64[] = [2, 1, 1, 1, 1, 3];
const DEFAULT_FREQUENCIES: f64[] = [80, 200, 500, 1500, 4000, 10000];

const AUTOMATABLE = ParameterFlags.Automatable;
const LOGARITHMIC = AUTOMATABLE | ParameterFlags.Logarithmic;
const STEPPED = AUTOMATABLE | ParameterFlags.Stepped;

/** Every parameter, in the order in which the plugin keeps their values. */
export const TABLE: Parameter[] = table();

/** The values of the parameters, in the order of `TABLE`. */
export const values = new StaticArray<f64>(COUNT);
for (let i = 0; i < COUNT; i++) values[i] = TABLE[i].default_;

/** Another number after each change of `values`. */
export let revision: u32 = 1;

/** Sets the parameter at a place to a value that it takes. */
export function assign(place: i32, value: f64): void {
  values[place] = value;
  revision++;
}

export function placeOf(band: i32, parameter: i32): i32 {
  return band * BAND_PARAMETERS + parameter;
}

/** The place of the parameter with an id, or -1. */
export function placeOfId(id: u32): i32 {
  if (id == OUTPUT_ID) return OUTPUT;
  if (id >= <u32>(BANDS * BAND_STRIDE)) return -1;
  const band = <i32>id / BAND_STRIDE;
  const parameter = <i32>id % BAND_STRIDE;
  return parameter < BAND_PARAMETERS ? placeOf(band, parameter) : -1;
}

/** The place of the parameter that a setting such as `band1.gain` or `output` names, or -1. */
export function placeOfKey(key: string): i32 {
  if (key == 'output') return OUTPUT;
  if (!key.startsWith('band') || key.charAt(5) != '.') return -1;
  const band = key.charCodeAt(4) - 49;
  const parameter = KEYS.indexOf(key.slice(6));
  return band >= 0 && band < BANDS && parameter >= 0 ? placeOf(band, parameter) : -1;
}

/** Returns true if the parameter at a place accepts a value. NaN is in no range. */
export function takes(place: i32, value: f64): bool {
  const parameter = TABLE[place];
  if (!(value >= parameter.min && value <= parameter.max)) return false;
  return !(parameter.flags & ParameterFlags.Stepped) || value == Math.floor(value);
}

/** Sets the parameter with an id; gives why it does not, or null. */
export function set(id: u32, value: f64): AudioError | null {
  const place = placeOfId(id);
  if (place < 0) return AudioError.unknownParameter(id);
  if (!takes(place, value)) return AudioError.invalidValue(value);
  assign(place, value);
  return null;
}

function table(): Parameter[] {
  const rows: Parameter[] = [];
  for (let band = 0; band < BANDS; band++) {
    const id = band * BAND_STRIDE;
    const name = `Band ${band + 1}`;
    rows.push(
      new Parameter(id, `${name} type`, '', 0, TYPES.length - 1, DEFAULT_TYPES[band], TYPES, STEPPED),
    );
    const frequency = DEFAULT_FREQUENCIES[band];
    rows.push(
      new Parameter(id + FREQUENCY, `${name} frequency`, 'Hz', 20, 20000, frequency, [], LOGARITHMIC),
    );
    rows.push(new Parameter(id + GAIN, `${name} gain`, 'dB', -24, 24, 0, [], AUTOMATABLE));
    rows.push(new Parameter(id + Q, `${name} Q`, '', 0.1, 20, Math.SQRT1_2, [], LOGARITHMIC));
  }
  rows.push(new Parameter(OUTPUT_ID, 'Output gain', 'dB', -24, 24, 0, [], AUTOMATABLE));
  return rows;
}
