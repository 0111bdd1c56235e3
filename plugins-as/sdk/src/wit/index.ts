export { encodePackage, type EncodedPackage } from './encode-package.js';
export { lexWit, nameOf, type WitToken } from './lex-wit.js';
export { parseWit, readWit, type WitPackage } from './read-wit.js';
export { docsOf, type WitDocs } from './wit-docs.js';
export { WitError } from './wit-error.js';
export { placeIn, placeText, WitText, type WitFile, type WitPlace } from './wit-text.js';
