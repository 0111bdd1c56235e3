export { isLibrary } from './is-library.js';
export { reportOfLibrary } from './library-report.js';
export { renderLibrary } from './render-library.js';
export { openLibraryPlugin, pickPlugin, scanLibrary } from './library-plugin.js';
export { readWav, type Sound } from './read-wav.js';
export { processWav, type ProcessOptions } from './process-wav.js';
export { wrapLibrary } from './wrap-library.js';
export { machineReport, renderMachine } from './machine-report.js';
