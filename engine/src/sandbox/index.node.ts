export { createSandbox } from './create-sandbox.node.js';
