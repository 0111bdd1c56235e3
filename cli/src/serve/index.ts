export { GRPC_PACKAGES, installed, NATS_PACKAGES } from './installed.js';
export { interfaceTypes, type ServedTypes } from './interface-types.js';
export { openServed, type Served } from './open-served.js';
export { reporter, type Report, type ServeEvent } from './reporter.js';
export { serveNats } from './serve-nats.js';
export { serveRolling } from './serve-rolling.js';
