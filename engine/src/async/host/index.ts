/** The host's side of tasks: functions that give promises, streams and futures of JavaScript. */
export { sharedFrom } from './shared-from.js';
export { valueOf } from './value-of.js';
export { hostExport, type AsyncCallOptions } from './host-export.js';
export { hostImport, HostCallContext } from './host-import.js';
