export {
  connectBy,
  grpcDialer,
  grpcLink,
  linkBy,
  openClient,
  type GrpcLinkOptions,
  type GrpcOptions,
} from './grpc-client.node.js';
export type { GrpcCallRecord, GrpcServerOptions } from './grpc-server-options.js';
export { bound, closed, createGrpcServer, serveGrpc, type GrpcServing } from './grpc-server.node.js';
export {
  CONN_INFO_WIRE,
  EMPTY_WIRE,
  HEALTH_REQUEST_WIRE,
  HEALTH_RESPONSE_WIRE,
  HEALTH_STATUS,
  OWN_SERVICES,
  STDIO_WIRE,
} from './own-services.js';
export { protoFiles, type ProtoFiles, type ProtoMethod, type ProtoSource } from './proto-files.js';
