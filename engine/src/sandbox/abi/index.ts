export { busImports, type Publish, type PublishRefusal } from './bus.js';
export { configImports, type Setting } from './config.js';
export {
  limitLog,
  linesPerSecondOf,
  LOG_LEVELS,
  type LogFunction,
  type LogLevel,
  type LogLimit,
} from './limit-log.js';
export { logImports, type LogOptions } from './log.js';
