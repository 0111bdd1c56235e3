export { connectNats, type NatsOptions } from './nats-connection.node.js';
export { natsDialer, natsLink } from './nats-link.node.js';
export { NatsPackages } from './nats-packages.node.js';
export { serveNats, type NatsServeOptions, type NatsServing } from './nats-server.node.js';
export { OwnedStates, type OwnedState, type OwnedStatesOptions } from './owned-state.node.js';
export { Rollouts, type Rollout, type RolloutsOptions, type Turn } from './rollouts.node.js';
