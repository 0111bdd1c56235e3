import { AudioError, Setup } from './bindings/audio-types';
import { Delay, makeCurrent } from './delay';

export const MAX_CHANNELS: u32 = 8;
const MAX_FRAMES: u32 = 65536;

/** Makes a delay for a setup. Returns why it cannot, or null. */
export function prepareDelay(setup: Setup): AudioError | null {
  if (!(setup.sampleRateHz >= 8000 && setup.sampleRateHz <= 192000))
    return AudioError.unsupportedSetup('the sample rate must be 8000 to 192000 Hz');
  if (setup.maxFrames < 1 || setup.maxFrames > MAX_FRAMES)
    return AudioError.unsupportedSetup('a block must have 1 to 65536 frames');
  if (setup.channels < 1 || setup.channels > MAX_CHANNELS)
    return AudioError.unsupportedSetup('there must be 1 to 8 channels');
  makeCurrent(new Delay(setup));
  return null;
}
