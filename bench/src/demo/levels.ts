import type { Audio } from './audio.js';

/** Loudness of a sound, in dB relative to the loudest sample that a file can hold; silence is -Infinity. */
export interface Levels {
  peakDb: number;
  rmsDb: number;
  /** The loudness of consecutive parts of the sound. */
  overTimeDb: number[];
}

/** Measures a sound over all of its channels. */
export function measureLevels({ channels }: Audio, parts: number): Levels {
  const frames = channels[0]?.length ?? 0;
  const energies = Array.from({ length: Math.min(parts, frames) }, (_, part) =>
    energyOf(channels, {
      start: Math.floor((part * frames) / parts),
      end: Math.max(Math.floor(((part + 1) * frames) / parts), Math.floor((part * frames) / parts) + 1),
    }),
  );
  const whole = energyOf(channels, { start: 0, end: frames });
  return {
    peakDb: 20 * Math.log10(whole.peak),
    rmsDb: 10 * Math.log10(whole.meanSquare),
    overTimeDb: energies.map(({ meanSquare }) => 10 * Math.log10(meanSquare)),
  };
}

function energyOf(
  channels: readonly Float32Array[],
  { start, end }: { start: number; end: number },
): { peak: number; meanSquare: number } {
  let peak = 0;
  let sum = 0;
  for (const samples of channels) {
    for (let frame = start; frame < end; frame++) {
      const sample = samples[frame] ?? 0;
      peak = Math.max(peak, Math.abs(sample));
      sum += sample * sample;
    }
  }
  return { peak, meanSquare: sum / Math.max(1, (end - start) * channels.length) };
}
