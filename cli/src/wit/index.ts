export { encodePackage, type EncodedPackage } from './encode-package.js';
export { readPackage, type WitPackage } from './read-package.js';
