export { workerTransport } from './worker-transport.node.js';
