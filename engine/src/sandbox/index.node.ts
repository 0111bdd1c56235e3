/** Grants and sandboxes, as `@wasm-plugin/engine/sandbox` in Node: with files, requests and what else Node has. */
export * from './index.js';
export { createSandbox } from './create-sandbox.node.js';
