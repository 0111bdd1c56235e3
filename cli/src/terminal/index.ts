export { formatJson } from './format-json.js';
export { formatBytes, formatCount } from './format-number.js';
export { nearest } from './nearest.js';
export { printable } from './printable.js';
export { renderTable } from './render-table.js';
export { StatusLine } from './status-line.js';
