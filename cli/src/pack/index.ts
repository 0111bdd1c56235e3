export { packContents, packPlugin, packWhole, readManifest, type Packed } from './pack-plugin.js';
export { selectFiles } from './select-files.js';
