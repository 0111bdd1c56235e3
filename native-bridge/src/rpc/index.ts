export { Connection, type ConnectionOptions } from './connection.js';
export { formatHello, parseHello, PROTOCOL_VERSIONS, type Hello, type OfferedFunction } from './hello.js';
export { inTime } from './in-time.js';
export type { Handler, IncomingCall, Offer } from './incoming-calls.js';
export type { CallOptions } from './outgoing-calls.js';
export { Signature } from './signature.js';
export { RemoteInstance, type RemoteLink } from './remote-instance.js';
export { callMember, type CallTarget } from './call-member.js';
export { remoteExports } from './remote-exports.js';
export type { ClassOf, RemoteClass } from './remote-resource.js';
export {
  offersFrom,
  serve,
  type PluginFactory,
  type RemoteHost,
  type ServedPlugin,
  type ServeOptions,
} from './serve.js';
export { hasHandles, refuseHandles } from './refuse-handles.js';
export { SharedInstance, type LogListener } from './shared-instance.js';
export { serveAt, type ServeAtOptions } from './serve-at.node.js';
export type { Transport, TransportBounds, TransportReceiver } from './transport.js';
export {
  messageTransport,
  portTransport,
  webSocketTransport,
  type MessageChannelEnd,
  type PortLike,
  type WebSocketLike,
} from './transports/message-transport.js';
export { streamTransport, type StreamEnds } from './transports/stream-transport.node.js';
export { dial, LOOPBACK, type DialOptions } from './dial.node.js';
export { startProcess, type StartOptions } from './start-process.node.js';
export { rpc, type Dialer, type Linker, type RpcOptions } from './rpc.node.js';
export { connectPlugin, type Connected, type ConnectOptions } from './connect.node.js';
export { listen, Listener, type ListenOptions } from './listener.node.js';
export { startServer, type Caller, type RunningServer, type ServerOptions } from './server.node.js';
export { createToken, TokenCheck, type Secrets, type TokenOptions } from './tokens.node.js';
