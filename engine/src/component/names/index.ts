export { CompatibleNames, splitVersion } from './compatible-names.js';
export {
  parseExternName,
  uniqueKey,
  type InterfaceName,
  type NameError,
  type ParsedName,
} from './extern-name.js';
export { InterfaceNames, isVersionOf } from './interface-names.js';
export { canonicalLabel, isKebab } from './kebab.js';
export { compareVersions, compatibilityTrack, versionFrom, type Version } from './version.js';
