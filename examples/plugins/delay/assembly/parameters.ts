/** The parameters. The id of a parameter is its place in the table. */
import { Parameter, ParameterFlags } from './bindings/audio-types';

export const TEMPO = 0;
export const DIVISION = 1;
export const FEEDBACK = 2;
export const MIX = 3;
export const COUNT = 4;

const SLOWEST: f64 = 40;
const DIVISIONS: string[] = [
  '1/2',
  '1/4 dotted',
  '1/4',
  '1/8 dotted',
  '1/4 triplet',
  '1/8',
  '1/16 dotted',
  '1/8 triplet',
  '1/16',
];
/** The lengths of the divisions in beats, which are quarter notes. */
const BEATS: f64[] = [2, 1.5, 1, 0.75, 2.0 / 3, 0.5, 0.375, 1.0 / 3, 0.25];
/** The longest time between two repeats. */
export const LONGEST_SECONDS: f64 = (2 * 60) / SLOWEST;

const AUTOMATABLE = ParameterFlags.Automatable;

export const TABLE: Parameter[] = [
  new Parameter(TEMPO, 'Tempo', 'BPM', SLOWEST, 240, 120, [], AUTOMATABLE),
  new Parameter(DIVISION, 'Division', '', 0, 8, 3, DIVISIONS, AUTOMATABLE | ParameterFlags.Stepped),
  new Parameter(FEEDBACK, 'Feedback', '', 0, 0.95, 0.4, [], AUTOMATABLE),
  new Parameter(MIX, 'Mix', '', 0, 1, 0.35, [], AUTOMATABLE),
];

export const values = new StaticArray<f64>(COUNT);
for (let id = 0; id < COUNT; id++) values[id] = TABLE[id].default_;

/** Returns whether a parameter takes a value. NaN is in no range. */
export function takes(id: i32, value: f64): bool {
  const parameter = TABLE[id];
  if (!(value >= parameter.min && value <= parameter.max)) return false;
  return id != DIVISION || value == Math.floor(value);
}

/** Returns the time between two repeats. */
export function delaySeconds(): f64 {
  return (BEATS[<i32>values[DIVISION]] * 60) / values[TEMPO];
}
