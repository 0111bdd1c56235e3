export { RELOAD } from './reload-suite.js';
