/**
 * The mix, the response, and the audio of the past. An instance that is prepared for another sample rate, or other channels,
 * takes the first two alone.
 */
import { StateReader, StateWriter } from './bindings/state';
import { done, fail, ok, Result, Unit } from './bindings/wit';
import { PART } from './convolver';
import { checkResponse } from './response';
import { current, mix, response, Reverb, setMix, setResponse } from './reverb';

const SCHEMA: u32 = 1;

export function schema(): u32 {
  return SCHEMA;
}

export function serialize(): Result<StaticArray<u8>, string> {
  const writer = new StateWriter(SCHEMA).put<f64>(mix);
  writer.put<u32>(response.length);
  for (let i = 0; i < response.length; i++) writer.put(response[i]);
  const reverb = current;
  writer.put<u32>(reverb === null ? 0 : reverb.setup.channels);
  if (reverb === null) return ok<StaticArray<u8>, string>(writer.state);
  writer.put<f64>(reverb.setup.sampleRateHz).put<i32>(reverb.filled).put<f64>(reverb.mixNow);
  for (let i = 0; i < reverb.convolvers.length; i++) {
    const convolver = reverb.convolvers[i];
    writer.put<i32>(convolver.newest).put(convolver.window).put(convolver.ready);
    writer.put(convolver.pastRe).put(convolver.pastIm);
  }
  return ok<StaticArray<u8>, string>(writer.state);
}

export function restore(state: StaticArray<u8>, schema: u32, version: string): Result<Unit, string> {
  if (schema != SCHEMA) return fail<string>(`the state has schema ${schema}, this plugin reads schema 1`);
  const reader = new StateReader(state);
  const savedMix = reader.get<f64>();
  const channels: StaticArray<f32>[] = [];
  for (let left = reader.get<u32>(); left > 0 && !reader.isBroken; left--)
    channels.push(reader.get<StaticArray<f32>>());
  const past = new Past(reader);
  if (reader.isBroken || reader.schema != SCHEMA || !past.isWhole)
    return fail<string>('the state cannot be read');
  if (!(savedMix >= 0 && savedMix <= 1)) return fail<string>('the mix of the state is out of range');
  const problem = checkResponse(channels);
  if (problem !== null) return fail<string>(problem);

  setMix(savedMix);
  setResponse(channels);
  const reverb = current;
  if (reverb !== null && past.fits(reverb)) past.apply(reverb);
  return done<string>();
}

/** The audio of the past, read but not yet taken over. */
class Past {
  isWhole: bool = true;
  private sampleRateHz: f64 = 0;
  private filled: i32 = 0;
  private mix: f64 = 0;
  private newest: i32[] = [];
  /** For each channel its window, what is ready, and the two lists of spectra. */
  private lists: StaticArray<f32>[] = [];

  constructor(reader: StateReader) {
    const channels = reader.get<u32>();
    if (channels > 0) {
      this.sampleRateHz = reader.get<f64>();
      this.filled = reader.get<i32>();
      this.mix = reader.get<f64>();
    }
    this.isWhole = this.filled >= 0 && this.filled < PART && this.mix >= 0 && this.mix <= 1;
    for (let channel: u32 = 0; channel < channels && this.isWhole && !reader.isBroken; channel++) {
      this.newest.push(reader.get<i32>());
      for (let i = 0; i < 4; i++) {
        const list = reader.get<StaticArray<f32>>();
        for (let at = 0; at < list.length; at++) if (!isFinite(list[at])) this.isWhole = false;
        this.lists.push(list);
      }
    }
  }

  /** Returns true if a reverb is prepared as the one that was saved. */
  fits(reverb: Reverb): bool {
    const count = reverb.convolvers.length;
    if (this.newest.length != count || this.sampleRateHz != reverb.setup.sampleRateHz) return false;
    for (let i = 0; i < count; i++) {
      const convolver = reverb.convolvers[i];
      const places = convolver.pastRe.length / (PART + 1);
      if (this.newest[i] < 0 || this.newest[i] >= places) return false;
      if (this.lists[4 * i].length != convolver.window.length) return false;
      if (this.lists[4 * i + 1].length != convolver.ready.length) return false;
      if (this.lists[4 * i + 2].length != convolver.pastRe.length) return false;
      if (this.lists[4 * i + 3].length != convolver.pastIm.length) return false;
    }
    return true;
  }

  apply(reverb: Reverb): void {
    reverb.filled = this.filled;
    reverb.mixNow = this.mix;
    for (let i = 0; i < reverb.convolvers.length; i++) {
      const convolver = reverb.convolvers[i];
      convolver.newest = this.newest[i];
      copy(this.lists[4 * i], convolver.window);
      copy(this.lists[4 * i + 1], convolver.ready);
      copy(this.lists[4 * i + 2], convolver.pastRe);
      copy(this.lists[4 * i + 3], convolver.pastIm);
    }
  }
}

function copy(from: StaticArray<f32>, to: StaticArray<f32>): void {
  memory.copy(changetype<usize>(to), changetype<usize>(from), (<usize>from.length) << 2);
}
