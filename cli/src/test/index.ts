export { load, type LoadForTestOptions, type LogLine, type TestedPlugin } from './load.js';
