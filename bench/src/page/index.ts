export { renderPage } from './render-page.js';
export { runAll, type RunAllOptions } from './run-all.js';
