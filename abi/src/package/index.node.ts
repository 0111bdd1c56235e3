export {
  MANIFEST_FILE,
  memoryFiles,
  PACKED_SUFFIX,
  packedFiles,
  packFiles,
  pathProblem,
  type PackedLimits,
  type PluginFiles,
} from './index.js';
export { directoryFiles } from './directory-files.node.js';
export { openPlugin } from './open-plugin.node.js';
