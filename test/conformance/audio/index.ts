export { runAudio } from './run-audio.js';
