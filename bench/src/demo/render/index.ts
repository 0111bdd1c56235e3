export { formatTime } from './format-time.js';
export { renderBlockTimes } from './block-time-picture.js';
export { renderLevels } from './level-picture.js';
export { renderReloads } from './reload-lines.js';
export { renderTable } from './plugin-table.js';
export { styler, type Styler } from './styler.js';
