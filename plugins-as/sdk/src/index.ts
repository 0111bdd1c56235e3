export { decodeWorld } from './world/index.js';
export { encodeWorld, readWit } from './wit/index.js';
