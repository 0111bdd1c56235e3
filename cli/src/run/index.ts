export { callExport, type CallOutcome } from './call-export.js';
export { findExport, type ExportedFunction } from './find-export.js';
export { hostImports, LOG_LEVELS, type LogLevel } from './host-imports.js';
export { settingsFrom, type Setting } from './settings.js';
