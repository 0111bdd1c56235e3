export { grpcDialer, grpcLink, type GrpcLinkOptions, type GrpcOptions } from './grpc-client.node.js';
export type { GrpcCallRecord, GrpcServerOptions } from './grpc-server-options.js';
export { serveGrpc } from './grpc-server.node.js';
export { OWN_SERVICES } from './own-services.js';
export { protoFiles, type ProtoFiles, type ProtoMethod, type ProtoSource } from './proto-files.js';
