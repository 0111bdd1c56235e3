export { buildFolder, type BuildFolderOptions, type BuildResult } from './build-folder.js';
export {
  BUILDERS,
  buildPackage,
  builderOf,
  type Builder,
  type BuildOptions,
  type SourceFolder,
} from './builders.js';
export { witOf } from './wit-of.js';
