export { buildFolder, type BuildFolderOptions, type BuildResult } from './build-folder.js';
export { type Builder, type BuildOptions, type SourceFolder } from './builder.js';
export { BUILDERS, buildPackage, builderOf, withFile } from './builders.js';
export { hashSources } from './hash-sources.js';
export { previousVersion } from './previous-version.js';
export { witOf } from './wit-of.js';
