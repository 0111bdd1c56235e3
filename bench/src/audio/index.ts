export type { AudioCheck, AudioCheckContext, AudioCheckResult } from './audio-check.js';
export { AUDIO_CHECKS, checkAudio, MAX_STRICTNESS, type AudioCheckOptions } from './check-audio.js';
