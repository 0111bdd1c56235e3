/** The engine as `@wasm-plugin/engine` in Node: the portable door, with additions and replacements for Node. */
export * from './index.js';
export {
  createEngine,
  type IsolatedEngine,
  type IsolatedEngineOptions,
  type IsolatedPlugin,
} from './engine/index.node.js';
export { IsolatedInstance, type Promised } from './isolated/index.node.js';
