export { encodeWorld, type EncodeWorldOptions } from './encode-world.js';
export { readWit } from './read-wit.js';
