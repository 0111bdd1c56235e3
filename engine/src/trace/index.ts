export { abortMessageOf, hasAbortMessage } from './abort-message.js';
export { findLines, type LineSections } from './dwarf/index.js';
export { findInSourceMap, type SourceMapOf } from './source-map.js';
export { tagModule } from './tag-module.js';
export { LATE_TRACE_STEPS, TRACE_STEPS, TraceBudget } from './trace-budget.js';
export { traceFrom } from './trace-from.js';
export { TracedModule } from './traced-module.js';
