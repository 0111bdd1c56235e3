/**
 * The parameters, and the audio of the past as far as the present distance reaches. An instance that is prepared for another
 * sample rate, or other channels, takes the parameters alone.
 */
import { StateReader, StateWriter } from './bindings/state';
import { done, fail, ok, Result, Unit } from './bindings/wit';
import { current, Delay } from './delay';
import { COUNT, takes, values } from './parameters';

const SCHEMA: u32 = 1;

export function schema(): u32 {
  return SCHEMA;
}

export function serialize(): Result<StaticArray<u8>, string> {
  const writer = new StateWriter(SCHEMA).put(values);
  const delay = current;
  if (delay === null) return ok<StaticArray<u8>, string>(writer.put<u32>(0).state);
  writer.put<u32>(delay.setup.channels).put<f64>(delay.setup.sampleRateHz);
  writer.put<i32>(delay.distance).put<i32>(delay.next).put<i32>(delay.faded);
  writer.put<f64>(delay.feedback).put<f64>(delay.mix);
  const frames = max(delay.wanted(), max(delay.distance, delay.next));
  for (let channel = 0; channel < delay.rings.length; channel++) writer.put(delay.past(channel, frames));
  return ok<StaticArray<u8>, string>(writer.state);
}

export function restore(state: StaticArray<u8>, schema: u32, version: string): Result<Unit, string> {
  if (schema != SCHEMA) return fail<string>(`the state has schema ${schema}, this plugin reads schema 1`);
  const reader = new StateReader(state);
  const saved = reader.get<StaticArray<f64>>();
  if (reader.isBroken || reader.schema != SCHEMA || saved.length != COUNT) return fail<string>(UNREADABLE);
  for (let id = 0; id < COUNT; id++)
    if (!takes(id, saved[id])) return fail<string>(`parameter ${id} cannot have the saved value`);
  const channels = reader.get<u32>();
  const past: Past | null = channels == 0 ? null : readPast(reader, channels);
  if (reader.isBroken || (channels != 0 && past === null)) return fail<string>(UNREADABLE);

  for (let id = 0; id < COUNT; id++) values[id] = saved[id];
  const delay = current;
  if (delay === null) return done<string>();
  delay.settle();
  if (past === null || !past.fits(delay)) return done<string>();
  delay.distance = past.distance;
  delay.next = past.next;
  delay.faded = past.faded;
  delay.feedback = past.feedback;
  delay.mix = past.mix;
  for (let channel = 0; channel < delay.rings.length; channel++) delay.recall(channel, past.frames[channel]);
  return done<string>();
}

const UNREADABLE = 'the state cannot be read';

/** The audio of the past, read but not yet taken over. */
class Past {
  sampleRateHz: f64 = 0;
  distance: i32 = 0;
  next: i32 = 0;
  faded: i32 = 0;
  feedback: f64 = 0;
  mix: f64 = 0;
  frames: StaticArray<f32>[] = [];

  fits(delay: Delay): bool {
    if (this.sampleRateHz != delay.setup.sampleRateHz || <u32>this.frames.length != delay.setup.channels)
      return false;
    for (let i = 0; i < this.frames.length; i++) if (this.frames[i].length >= delay.ringFrames) return false;
    return true;
  }
}

/** Reads it. Returns null for what no delay has written. */
function readPast(reader: StateReader, channels: u32): Past | null {
  const past = new Past();
  past.sampleRateHz = reader.get<f64>();
  past.distance = reader.get<i32>();
  past.next = reader.get<i32>();
  past.faded = reader.get<i32>();
  past.feedback = reader.get<f64>();
  past.mix = reader.get<f64>();
  if (channels > 8 || !(past.feedback >= 0 && past.feedback < 1 && past.mix >= 0 && past.mix <= 1))
    return null;
  const longest = max(past.distance, past.next);
  if (past.distance < 1 || past.next < 1 || past.faded < 0 || past.faded > 65536) return null;
  for (let channel: u32 = 0; channel < channels && !reader.isBroken; channel++) {
    const frames = reader.get<StaticArray<f32>>();
    if (frames.length < longest || frames.length > 3 * 192000) return null;
    for (let i = 0; i < frames.length; i++) if (!isFinite(frames[i])) return null;
    past.frames.push(frames);
  }
  return past;
}
