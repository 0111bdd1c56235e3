export { packFiles } from './pack-files.js';
export { packedFiles, type PackedLimits } from './packed-files.js';
export { pathProblem } from './path-problem.js';
export { MANIFEST_FILE, memoryFiles, PACKED_SUFFIX, type PluginFiles } from './plugin-files.js';
