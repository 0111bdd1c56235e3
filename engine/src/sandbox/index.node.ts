export { createSandbox, type NodeSandboxOptions } from './create-sandbox.node.js';
