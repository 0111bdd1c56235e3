export { runCarriers } from './run-carriers.js';
