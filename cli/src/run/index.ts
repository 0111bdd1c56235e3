export { callExport, functionOf, type CallOutcome } from './call-export.js';
export { exportedFunctions, findExport, type ExportedFunction } from './find-export.js';
export { grantOption, grantsFrom } from './grants.js';
export { LIMIT_OPTIONS, limitArguments, limitOptions, limitsFrom } from './limit-options.js';
export { grantHint } from './open-sandbox.js';
export { isProgram, runProgram } from './run-program.js';
export { settingsFrom, type Setting } from './settings.js';
export { processStdio } from './process-stdio.js';
export { withComponent, type Started } from './start-component.js';
