/**
 * Many plugins together, as `@wasm-plugin/engine/host` in Node: the portable door, with additions and replacements for Node.
 */
export * from './index.js';
export { createPluginHost, type CreatePluginHostOptions } from './create-plugin-host.node.js';
export { type NodePluginHost } from './node-plugin-host.node.js';
export { type WatchPluginOptions } from './plugin-watches.node.js';
export { type ScanResult } from './scan.node.js';
export { type Door, type DoorOptions, type DoorRequest } from './door/index.node.js';
