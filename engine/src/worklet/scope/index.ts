/**
 * Parts of the web platform that an audio worklet has not, as far as the engine needs them. The build puts them in their places
 * in the worklet's script alone (`scripts/src/bundle-packages.ts`); the scope of the worklet itself stays as it was.
 *
 * @module
 */
export { MessageChannel } from './message-channel.js';
export { performance } from './performance.js';
export { queueMicrotask } from './queue-microtask.js';
export { TextDecoder } from './text-decoder.js';
export { TextEncoder } from './text-encoder.js';
export { clearTimeout, openScope, setTimeout, type ScopePorts } from './turns.js';
