import type { Audio } from './audio.js';

/** Returns the largest difference of two sounds in dBFS; `-Infinity` if they are the same. */
export function differenceDb(one: Audio, other: Audio): number {
  let most = 0;
  for (const [channel, samples] of one.channels.entries()) {
    const others = other.channels[channel] ?? new Float32Array();
    for (let frame = 0; frame < samples.length; frame++)
      most = Math.max(most, Math.abs((samples[frame] as number) - (others[frame] ?? NaN)));
  }
  return 20 * Math.log10(most);
}
