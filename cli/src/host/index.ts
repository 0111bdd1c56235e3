export { readConfig } from './read-config.js';
export { runHost, type RunHostOptions } from './run-host.js';
