/**
 * The saved state, little-endian:
 *
 * - `u32` number of parameters, then the value of each as `f64`, in the order of `describe`
 * - `u32` 1 if audio of the past follows, else 0
 * - `f64` sample rate in Hz, `f64` channels, `f64` output gain
 * - for each band, all `f64`: type, frequency, gain, Q and mix on their way, then two values a channel
 *
 * The audio of the past is taken over only by an instance that is prepared for the same rate and channels.
 */
import { Band, HIGHEST_LOG } from './band';
import { done, fail, ok, Result, Unit } from './bindings/wit';
import { FilterType } from './biquad';
import { current, Equalizer } from './equalizer';
import { assign, BANDS, COUNT, takes, values } from './parameters';

const SCHEMA = 1;
const PARAMETERS_BYTES = 4 + COUNT * 8;
const HEADER_BYTES = PARAMETERS_BYTES + 4;
const BAND_NUMBERS = 5;

export function schema(): u32 {
  return SCHEMA;
}

export function serialize(): Result<StaticArray<u8>, string> {
  const equalizer = current;
  const size = HEADER_BYTES + (equalizer === null ? 0 : numbersOf(<i32>equalizer.setup.channels) * 8);
  const bytes = new StaticArray<u8>(size);
  const at = changetype<usize>(bytes);
  store<u32>(at, COUNT);
  for (let i = 0; i < COUNT; i++) store<f64>(at + 4 + i * 8, values[i]);
  store<u32>(at + PARAMETERS_BYTES, equalizer === null ? 0 : 1);
  if (equalizer !== null) saveAudio(at + HEADER_BYTES, equalizer);
  return ok<StaticArray<u8>, string>(bytes);
}

export function restore(state: StaticArray<u8>, schema: u32, version: string): Result<Unit, string> {
  if (schema != SCHEMA)
    return fail<string>(`the state has schema ${schema}, this plugin reads schema ${SCHEMA}`);
  const problem = check(state);
  if (problem !== null) return fail<string>(problem);
  const at = changetype<usize>(state);
  for (let i = 0; i < COUNT; i++) assign(i, load<f64>(at + 4 + i * 8));
  const equalizer = current;
  if (equalizer === null) return done<string>();
  equalizer.settle();
  if (load<u32>(at + PARAMETERS_BYTES) == 1) restoreAudio(at + HEADER_BYTES, equalizer);
  return done<string>();
}

/** Returns the fault of a state, or null. */
function check(state: StaticArray<u8>): string | null {
  const at = changetype<usize>(state);
  if (state.length < HEADER_BYTES) return 'the state ends too early';
  if (load<u32>(at) != COUNT) return 'the state has other parameters';
  for (let i = 0; i < COUNT; i++) {
    if (!takes(i, load<f64>(at + 4 + i * 8))) return `parameter ${i} cannot have the saved value`;
  }
  const hasAudio = load<u32>(at + PARAMETERS_BYTES);
  if (hasAudio > 1) return 'the state is not one of this plugin';
  if (hasAudio == 0) return state.length == HEADER_BYTES ? null : 'the state is too long';
  if (state.length < HEADER_BYTES + 24) return 'the state ends too early';
  const channels = load<f64>(at + HEADER_BYTES + 8);
  if (!(channels >= 1 && channels <= 64)) return 'the state has no sensible number of channels';
  const count = numbersOf(<i32>channels);
  if (state.length != HEADER_BYTES + count * 8) return 'the state has another length than it says';
  for (let i = 0; i < count; i++) {
    if (!isFinite(load<f64>(at + HEADER_BYTES + i * 8))) return 'the state holds a number that is not finite';
  }
  return null;
}

function saveAudio(at: usize, equalizer: Equalizer): void {
  store<f64>(at, equalizer.setup.sampleRateHz);
  store<f64>(at, equalizer.setup.channels, 8);
  store<f64>(at, equalizer.gain, 16);
  at += 24;
  for (let i = 0; i < BANDS; i++) {
    const band = equalizer.bands[i];
    store<f64>(at, band.type);
    store<f64>(at, band.frequency, 8);
    store<f64>(at, band.gain, 16);
    store<f64>(at, band.q, 24);
    store<f64>(at, band.mix, 32);
    at += BAND_NUMBERS * 8;
    const bytes = band.memory.length * 8;
    memory.copy(at, changetype<usize>(band.memory), bytes);
    at += bytes;
  }
}

function restoreAudio(at: usize, equalizer: Equalizer): void {
  const sampleRateHz = equalizer.setup.sampleRateHz;
  const channels = equalizer.setup.channels;
  if (load<f64>(at) != sampleRateHz || load<f64>(at, 8) != <f64>channels) return;
  equalizer.gain = load<f64>(at, 16);
  at += 24;
  for (let i = 0; i < BANDS; i++) {
    restoreBand(at, equalizer.bands[i]);
    at += (BAND_NUMBERS + channels * 2) * 8;
  }
}

function restoreBand(at: usize, band: Band): void {
  const type = load<f64>(at);
  const mix = load<f64>(at, 32);
  // Impossible values are ignored: the band stays as its parameters say.
  if (!(type >= 0 && type <= <f64>FilterType.Notch && mix >= 0 && mix <= 1)) return;
  band.type = <FilterType>(<i32>type);
  band.frequency = Math.min(load<f64>(at, 8), HIGHEST_LOG);
  band.gain = load<f64>(at, 16);
  band.q = load<f64>(at, 24);
  band.mix = mix;
  memory.copy(changetype<usize>(band.memory), at + BAND_NUMBERS * 8, band.memory.length * 8);
}

/** Returns the count of numbers in the saved past of the audio, with the three in front. */
function numbersOf(channels: i32): i32 {
  return 3 + BANDS * (BAND_NUMBERS + channels * 2);
}
