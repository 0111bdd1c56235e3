export { encodeWit } from './encode-wit.js';
export { readPackage } from './read-package.js';
