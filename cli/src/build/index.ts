export {
  BUILDERS,
  buildPackage,
  builderOf,
  type Builder,
  type BuildOptions,
  type SourceFolder,
} from './builders.js';
