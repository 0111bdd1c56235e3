import type { LimitName } from '@wasm-plugin/abi';
import type { ManagedPlugin } from '../managed-plugin.js';
import type { EventSource } from '../host-events.js';
import type { PluginState } from '../plugin-state.js';
import { FunctionMetrics, observed } from './function-metrics.js';

/** Counts of a plugin. */
export interface PluginMetrics {
  readonly plugin: string;
  readonly version: string;
  readonly state: PluginState;
  readonly functions: readonly FunctionMetrics[];
  /** Times that it died. */
  readonly deaths: number;
  /** Times that supervision has started it anew. */
  readonly restarts: number;
  readonly reloads: number;
  readonly failedReloads: number;
  readonly rollbacks: number;
  /** Capabilities that it was refused. */
  readonly denials: number;
  /** Use of the present instance, by the name of the limit. */
  readonly usage: Readonly<Partial<Record<LimitName, number>>>;
}

/** Counts of a plugin's events. */
class Counts {
  deaths = 0;
  restarts = 0;
  reloads = 0;
  failedReloads = 0;
  rollbacks = 0;
  denials = 0;
  readonly functions = new Map<string, FunctionMetrics>();
}

/** Counts what happens in a host. Numbers last as long as the host, also where a plugin is unloaded meanwhile. */
export class HostMetrics {
  readonly #counts = new Map<string, Counts>();

  /** Counts the events of a host from now on. */
  follow(host: Pick<EventSource, 'on'>): void {
    host.on('state', ({ plugin, to }) => {
      if (to === 'dead') this.#of(plugin).deaths++;
    });
    host.on('supervision', ({ plugin, kind }) => {
      if (kind === 'restarted') this.#of(plugin).restarts++;
    });
    host.on('reload', ({ plugin, kind }) => {
      if (kind === 'committed') this.#of(plugin).reloads++;
      if (kind === 'failed') this.#of(plugin).failedReloads++;
      if (kind === 'rolled-back') this.#of(plugin).rollbacks++;
    });
    host.on('denied', ({ plugin }) => this.#of(plugin).denials++);
  }

  /** Makes the function of a plugin one that is counted. */
  readonly observe = (
    plugin: string,
    path: string,
    target: (...args: unknown[]) => unknown,
  ): typeof target => {
    const { functions } = this.#of(plugin);
    let metrics = functions.get(path);
    if (metrics === undefined) functions.set(path, (metrics = new FunctionMetrics(path)));
    return observed(target, metrics);
  };

  /** Returns what is counted of a plugin. */
  of(plugin: ManagedPlugin): PluginMetrics {
    const { name, version, state } = plugin;
    const { functions, ...counts } = this.#of(name);
    const called = [...functions.values()].filter(({ calls }) => calls > 0);
    return { plugin: name, version, state, functions: called, ...counts, usage: plugin.usage() };
  }

  #of(plugin: string): Counts {
    let counts = this.#counts.get(plugin);
    if (counts === undefined) this.#counts.set(plugin, (counts = new Counts()));
    return counts;
  }
}
