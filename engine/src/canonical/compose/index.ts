export { codecOf } from './codec-of.js';
export { FlatReader, type Codec, type FlatValue } from './codec.js';
export { callCore } from './call-core.js';
export { COMPOSED } from './composed-backend.js';
