export { Descriptor } from './descriptor.js';
export { DirectoryEntryStream, type EntrySource } from './directory-entry-stream.js';
export { FileAccess, type GrantedPath } from './file-access.js';
export { filesystemImports, type FileProvider, type FileProviderFactory } from './filesystem-imports.js';
export type {
  Datetime,
  DescriptorStat,
  DescriptorType,
  DirectoryEntry,
  NewTimestamp,
} from './filesystem-types.js';
export { grantedPaths } from './granted-paths.js';
