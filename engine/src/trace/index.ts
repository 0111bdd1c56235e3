export type { SourceMapOf } from './source-map.js';
export { tagModule } from './tag-module.js';
export { traceFrom } from './trace-from.js';
export { TracedModule } from './traced-module.js';
