export { AUTHORS } from './authors-suite.js';
