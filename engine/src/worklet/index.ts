/** Audio plugins in the audio worklet of a browser, as `@wasm-plugin/engine/worklet`. */
export type { WorkletUsage } from './messages.js';
export { openPluginNode, type PluginNodeOptions } from './open-plugin-node.js';
export { type NodeVersion, type PluginNode, type PluginNodeListeners } from './plugin-node.js';
