export { renderMatrix } from './render-matrix.js';
export { runWatch } from './run-watch.js';
