export { bindTypes } from './bind-types.js';
