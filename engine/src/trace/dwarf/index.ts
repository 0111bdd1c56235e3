export { findLine } from './line-program.js';
