export { configImports, type Setting } from './config.js';
export { logImports, type LogLevel, type LogOptions } from './log.js';
