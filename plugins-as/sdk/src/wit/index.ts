export { readWit, type WitPackage } from './read-wit.js';
export { splitHead } from './split-head.js';
export { WitError } from './wit-error.js';
export { WitText, type WitFile, type WitPlace } from './wit-text.js';
