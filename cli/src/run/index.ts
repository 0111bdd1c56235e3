export { callExport, type CallOutcome } from './call-export.js';
export { findExport, type ExportedFunction } from './find-export.js';
export { hostImports } from './host-imports.js';
export { LIMIT_OPTIONS, limitOptions, limitsFrom } from './limit-options.js';
export { settingsFrom, type Setting } from './settings.js';
