export { isRunning } from './is-running.js';
export { takeLock } from './take-lock.js';
export { writeWhole } from './write-whole.js';
