export { cacheFolder, DownloadCache, type CacheOptions } from './download-cache.js';
export { openRegistry, REGISTRY_NOTES, registryOption } from './open-registry.js';
export { markCommand, type MarkWords } from './mark-command.js';
export { adviceOn, type Mark, type Publication, type Registry, type Release } from './registry.js';
export { isPluginId } from './plugin-id.js';
export { registryError } from './registry-error.js';
