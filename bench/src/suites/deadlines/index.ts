export { DEADLINES } from './deadlines-suite.js';
