export { type FuzzRequest } from './check-inputs.js';
export { addToJunit } from './junit.js';
export { renderChecks } from './render-checks.js';
export { runChecks, type CheckOptions } from './run-checks.js';
export { type CheckResult } from './check.js';
export { type SoundRequest } from './check-sound.js';
