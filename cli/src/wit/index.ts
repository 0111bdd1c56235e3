export { encodeWit } from './encode-wit.js';
export { featuresOf, refuseUnknown, type Features } from './gates.js';
export { readPackage } from './read-package.js';
