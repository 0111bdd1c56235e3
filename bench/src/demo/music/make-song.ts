import type { Audio } from '../audio.js';
import { score, type ScoredNote } from './score.js';

/** -3 dB: headroom of a mix for later processing. */
const PEAK = 0.7;

/** Makes the demo's own music: stereo, the same samples every time. */
export function makeSong({ seconds, sampleRateHz }: { seconds: number; sampleRateHz: number }): Audio {
  const frames = Math.round(seconds * sampleRateHz);
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  for (const note of score(seconds)) play(note, { left, right, sampleRateHz });
  normalize([left, right]);
  return { sampleRateHz, channels: [left, right] };
}

/** Scales the sound so that its loudest sample is `PEAK`. */
function normalize(channels: readonly Float32Array[]): void {
  let peak = 0;
  for (const samples of channels) for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  if (peak === 0) return;
  for (const samples of channels) {
    for (let frame = 0; frame < samples.length; frame++) samples[frame]! *= PEAK / peak;
  }
}

function play(
  { instrument, note, startSeconds, pan, level }: ScoredNote,
  { left, right, sampleRateHz }: { left: Float32Array; right: Float32Array; sampleRateHz: number },
): void {
  const start = Math.round(startSeconds * sampleRateHz);
  const end = Math.min(left.length, start + Math.round(note.seconds * sampleRateHz));
  const sound = instrument(note, sampleRateHz);
  const leftGain = level * Math.cos(((pan + 1) * Math.PI) / 4) * Math.SQRT2;
  const rightGain = level * Math.sin(((pan + 1) * Math.PI) / 4) * Math.SQRT2;
  for (let frame = start; frame < end; frame++) {
    const fade = Math.min(1, (end - frame) / (0.01 * sampleRateHz));
    const sample = sound((frame - start) / sampleRateHz) * fade;
    left[frame] = (left[frame] as number) + sample * leftGain;
    right[frame] = (right[frame] as number) + sample * rightGain;
  }
}
