import { done, fail, Result, Unit } from './bindings/wit';
import { current, MAX_CHANNELS, setResponse } from './reverb';

const LONGEST_SECONDS = 10;
const HIGHEST_RATE = 192000;

export function put(channels: StaticArray<f32>[]): Result<Unit, string> {
  const problem = checkResponse(channels);
  if (problem !== null) return fail<string>(problem);
  setResponse(channels);
  return done<string>();
}

/** Returns what is wrong with a response, or null. */
export function checkResponse(channels: StaticArray<f32>[]): string | null {
  if (channels.length == 0 || channels.length > <i32>MAX_CHANNELS) return 'a response has 1 to 8 channels';
  const reverb = current;
  const rate = reverb === null ? HIGHEST_RATE : <i32>reverb.setup.sampleRateHz;
  for (let i = 0; i < channels.length; i++) {
    const frames = channels[i];
    if (frames.length == 0) return 'a channel of the response is empty';
    if (frames.length > LONGEST_SECONDS * rate) return 'a response has 10 seconds at most';
    for (let at = 0; at < frames.length; at++)
      if (!isFinite(frames[at])) return 'the response holds what is no number';
  }
  return null;
}
