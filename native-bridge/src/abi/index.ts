export { givenInterface } from './given-interface.js';
export { ABI_EXPORTS, ABI_IMPORTS } from './interfaces.js';
