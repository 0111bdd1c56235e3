export { fuzzPlugin, type FuzzOptions, type FuzzResult } from './fuzz-plugin.js';
export { keepInput, keptInputs, readInputCalls } from './kept-input.js';
export { runCalls, type FailedCall } from './run-calls.js';
