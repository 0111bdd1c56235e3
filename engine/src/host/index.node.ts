export { NodePluginHost, type NodePluginHostOptions } from './node-plugin-host.node.js';
export { type WatchPluginOptions } from './plugin-watches.node.js';
export { reloadOnChange, type ReloadOnChangeOptions } from './reload-on-change.node.js';
export { PACKED_SUFFIX, scan, type ScanResult } from './scan.node.js';
