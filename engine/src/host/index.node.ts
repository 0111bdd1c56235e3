export { reloadOnChange, type ReloadOnChangeOptions, type WatchEvent } from './reload-on-change.node.js';
export { PACKED_SUFFIX, scan, type ScanResult } from './scan.node.js';
