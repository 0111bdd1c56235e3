export { ABI_EXPORTS, ABI_IMPORTS } from './interfaces.js';
