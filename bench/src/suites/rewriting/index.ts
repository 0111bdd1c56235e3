export { REWRITING } from './rewriting-suite.js';
