export {
  grpcDialer,
  grpcLink,
  OWN_SERVICES,
  protoFiles,
  serveGrpc,
  type GrpcCallRecord,
  type GrpcLinkOptions,
  type GrpcOptions,
  type GrpcServerOptions,
  type ProtoFiles,
  type ProtoMethod,
  type ProtoSource,
} from './grpc/index.js';
