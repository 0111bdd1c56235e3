export { packContents, packPlugin, readManifest, type Packed } from './pack-plugin.js';
export { SBOM_FILE } from './sbom.js';
export { selectFiles } from './select-files.js';
