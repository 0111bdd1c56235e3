export { runDev, type DevOptions } from './run-dev.js';
