export { formatJson } from './format-json.js';
export { formatBytes, formatCount, formatMs } from './format-number.js';
export { logText } from './log-text.js';
export { nearest } from './nearest.js';
export { jsonText, printable } from './printable.js';
export { renderTable, type TableOptions } from './render-table.js';
export { StatusLine } from './status-line.js';
export { fill, wrap } from './wrap.js';
