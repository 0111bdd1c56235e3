export { workerTransport, type WorkerTransportOptions } from './worker-transport.node.js';
