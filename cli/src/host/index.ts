export { readConfig } from './read-config.js';
export { readToken } from './token.js';
export { runHost, type RunHostOptions } from './run-host.js';
