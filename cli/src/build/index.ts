export { BUILDERS, buildPackage, builderOf, type Builder, type SourceFolder } from './builders.js';
