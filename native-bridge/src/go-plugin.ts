export {
  GoBroker,
  goPluginDialer,
  goPluginLink,
  serveGoPlugin,
  type BrokeredService,
  type GoPluginOptions,
  type GoPluginStart,
  type Handshake,
  type ServedGoPlugin,
  type ServeGoPluginOptions,
} from './go-plugin/index.js';
