/** Grants and sandboxes, as `@wasm-plugin/engine/sandbox` in Node: with files, requests and the other parts for Node. */
export * from './index.js';
export { createSandbox } from './create-sandbox.node.js';
