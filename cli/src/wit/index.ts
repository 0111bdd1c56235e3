export { encodePackage, type EncodedPackage } from './encode-package.js';
export { readPackage } from './read-package.js';
