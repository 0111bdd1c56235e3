export type { AudioCheck, AudioCheckContext, AudioCheckResult } from './audio-check.js';
export { AUDIO_CHECKS, checkAudio, MAX_STRICTNESS, type AudioCheckOptions } from './check-audio.js';
export { decibels } from './signals.js';
export { median, percentile } from './statistics.js';
export { fuelPerFrame, type FuelPerFrame } from './fuel-per-frame.js';
export { isSoundName, SOUNDS, soundSignal, type SoundName } from './test-sounds.js';
