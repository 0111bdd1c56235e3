export { type BusEvent, type EventContent } from './bus-event.js';
export { type BusFault, type BusOptions, type ListenOptions, type SubscriberCounts } from './bus-options.js';
export { EventBus } from './event-bus.js';
export { PluginSubscriptions } from './plugin-subscriptions.js';
