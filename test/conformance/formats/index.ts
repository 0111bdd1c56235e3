export { runFormats } from './run-formats.js';
