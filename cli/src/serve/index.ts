export { GRPC_PACKAGES, installed } from './installed.js';
export { interfaceTypes, type ServedTypes } from './interface-types.js';
export { openServed, type Served } from './open-served.js';
export { reporter, type Report, type ServeEvent } from './reporter.js';
export { serveNats } from './serve-nats.js';
