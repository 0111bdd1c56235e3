export { MANIFEST_SCHEMA } from './manifest-schema.js';
export type {
  ActivitySettings,
  Dependency,
  Entry,
  EventSettings,
  Isolation,
  Overflow,
  Manifest,
  Permission,
  PlatformEntry,
  ReloadSettings,
  StateFormat,
} from './manifest.js';
export { isAddress } from './check-meaning.js';
export { parseManifest } from './parse-manifest.js';
export { resolveEntries, resolveEntry, type EntryOptions, type Platform } from './resolve-entry.js';
