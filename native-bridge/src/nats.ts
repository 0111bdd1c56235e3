export {
  connectNats,
  natsDialer,
  natsLink,
  NatsPackages,
  OwnedStates,
  serveNats,
  type NatsOptions,
  type NatsServeOptions,
  type NatsServing,
  type OwnedState,
  type OwnedStatesOptions,
} from './nats/index.js';
