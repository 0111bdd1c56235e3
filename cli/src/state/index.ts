export { DEFAULT_STORE, loadState } from './load-state.js';
export { readState, writeState } from './state-file.js';
export { renderState, summaryOf } from './render-state.js';
export { stateReport, type StateReport } from './state-report.js';
