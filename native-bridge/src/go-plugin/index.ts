export { GoBroker, type BrokeredService } from './broker.node.js';
export { goPluginDialer, goPluginLink, type GoPluginOptions } from './go-plugin-link.node.js';
export type { GoPluginStart } from './go-plugin-process.node.js';
export { formatHandshakeLine, parseHandshakeLine, type Handshake, type HandshakeLine } from './handshake.js';
export { serveGoPlugin, type ServedGoPlugin, type ServeGoPluginOptions } from './serve-go-plugin.node.js';
