import { lackingFor, PluginError } from '@wasm-plugin/abi';
import { findInterface } from '../../reload/index.js';
import type { ManagedPlugin } from '../managed-plugin.js';
import { isServing } from '../plugin-state.js';
import type { BusFault } from './bus-options.js';
import type { EventBus } from './event-bus.js';

const SUBSCRIBER = 'wasm-plugin:abi/subscriber';
/** Topics for which a decision is kept. */
const MOST_TOPICS = 1024;

/** Options of `PluginSubscriptions`. */
export interface PluginSubscriptionsOptions {
  readonly bus: EventBus;
  onFault(plugin: string, fault: BusFault): void;
}

/**
 * Plugins that receive events: those that export `wasm-plugin:abi/subscriber`. A plugin that dies or is replaced keeps its
 * queue, and goes on with it; one that is unloaded loses it.
 */
export class PluginSubscriptions {
  readonly #options: PluginSubscriptionsOptions;

  constructor(options: PluginSubscriptionsOptions) {
    this.#options = options;
  }

  /** Subscribes a plugin that serves from now on, or lets it go on with its queue. */
  begin(plugin: ManagedPlugin): void {
    const { bus, onFault } = this.#options;
    const { name } = plugin;
    if (receiverOf(plugin) === undefined) return bus.detach(name);
    if (bus.wake(name)) return;
    const { queue, overflow } = plugin.manifest.events;
    bus.attach(name, {
      queueEvents: queue ?? Infinity,
      overflow,
      accepts: accepting(plugin),
      isServing: () => isServing(plugin.state),
      isUnreached: (error) => PluginError.is(error) && error.code === 'WP_LIFECYCLE',
      receive: ({ topic, publisher, content }, missed) =>
        receiverOf(plugin)?.({ topic, publisher, content, missed }),
      onFault: (fault) => onFault(name, fault),
    });
  }

  /** Ends the subscription of a plugin that is unloaded. */
  end(name: string): void {
    this.#options.bus.detach(name);
    this.#options.bus.forget(name);
  }
}

function receiverOf({ exports }: ManagedPlugin): ((event: object) => unknown) | undefined {
  return findInterface(exports, SUBSCRIBER)?.['receive'];
}

/** Remembers decisions for as long as the grants and the version are the same. */
function accepting(plugin: ManagedPlugin): (topic: string) => boolean {
  let [grants, manifest] = [plugin.grants, plugin.manifest];
  const decided = new Map<string, boolean>();
  return (topic) => {
    if (plugin.grants !== grants || plugin.manifest !== manifest) {
      [grants, manifest] = [plugin.grants, plugin.manifest];
      decided.clear();
    }
    let accepts = decided.get(topic);
    if (accepts === undefined) {
      const permissions = manifest.permissions.map(({ capability }) => capability);
      accepts = lackingFor({ kind: 'subscribe', topic }, { permissions, grants }) === undefined;
      if (decided.size < MOST_TOPICS) decided.set(topic, accepts);
    }
    return accepts;
  };
}
