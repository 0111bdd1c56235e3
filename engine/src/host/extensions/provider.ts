import { PluginError } from '@wasm-plugin/abi';
import type { Clock } from '../../reload/index.js';
import { CircuitBreaker } from '../circuit-breaker.js';
import type { ManagedPlugin } from '../managed-plugin.js';
import { isServing } from '../plugin-state.js';
import type { CallGraph } from './call-graph.js';
import type { ExtensionEvent, ExtensionOptions } from './extension-options.js';

/** Things that the providers of a host share. */
export interface ProviderOptions {
  readonly clock: Clock;
  readonly graph: CallGraph;
  readonly bounds: ExtensionOptions;
  onBreaker(event: ExtensionEvent): void;
}

/** One call to the providers of an extension point. */
export interface PointCall {
  readonly name: string;
  readonly args: readonly unknown[];
  /** The plugin that calls; `undefined` for the host. */
  readonly from: string | undefined;
}

const DEFAULT_SLOW_MS = 5000;

/** A plugin that offers an interface. Too many failures, or slow calls, and it is not asked for a while. */
export class Provider {
  readonly plugin: ManagedPlugin;
  readonly #interface: string;
  readonly #options: ProviderOptions;
  readonly #breaker: CircuitBreaker;
  /** True while the call is made that decides whether a half-open breaker closes. */
  #isTrying = false;

  /** @param name the interface, as the point has it */
  constructor(plugin: ManagedPlugin, name: string, options: ProviderOptions) {
    this.plugin = plugin;
    this.#interface = name;
    this.#options = options;
    this.#breaker = new CircuitBreaker(options.clock, {
      ...options.bounds.breaker,
      onChange: (from, to) => options.onBreaker({ plugin: plugin.name, interface: name, from, to }),
    });
  }

  /**
   * Makes a call. A promise where the plugin answers by one.
   * @param key the name under which the plugin exports the interface
   * @throws {PluginError} WP_LIFECYCLE if the plugin is not asked now; WP_DEPENDENCY for a cycle of calls; what the call throws
   */
  call(key: string, { name, args, from }: PointCall): unknown {
    this.#refuseOpen();
    const group = this.plugin.exports[key] as Readonly<Record<string, (...given: unknown[]) => unknown>>;
    const target = group[name];
    if (target === undefined) {
      const reason = `"${this.plugin.name}" has no function "${name}" in "${key}"`;
      throw new PluginError('WP_EXPORT_MISSING', `Cannot call "${name}": ${reason}`, {
        plugin: this.plugin.name,
      });
    }
    if (from === undefined) return this.#judged(() => target(...args));
    // A cycle says nothing about this provider.
    return this.#options.graph.call(from, this.plugin.name, () => this.#judged(() => target(...args)));
  }

  /** Closes the breaker: another version runs. */
  reset(): void {
    this.#breaker.reset();
  }

  #refuseOpen(): void {
    const { state } = this.#breaker;
    if (state === 'closed' || (state === 'half-open' && !this.#isTrying)) return;
    const reason = `too many of its calls have failed or were slow; it is asked again later`;
    throw new PluginError(
      'WP_LIFECYCLE',
      `Cannot call "${this.#interface}" of "${this.plugin.name}": ${reason}`,
      { plugin: this.plugin.name },
    );
  }

  #judged(work: () => unknown): unknown {
    const { clock } = this.#options;
    const began = clock.now();
    this.#isTrying = this.#breaker.state === 'half-open';
    let result: unknown;
    try {
      result = work();
    } catch (error) {
      this.#judge(began, error);
      throw error;
    }
    if (!(result instanceof Promise)) {
      this.#judge(began);
      return result;
    }
    return result.then(
      (value: unknown) => {
        this.#judge(began);
        return value;
      },
      (error: unknown) => {
        this.#judge(began, error);
        throw error;
      },
    );
  }

  #judge(began: number, error?: unknown): void {
    const { clock, bounds } = this.#options;
    this.#isTrying = false;
    const isSlow = clock.now() - began > (bounds.slowMs ?? DEFAULT_SLOW_MS);
    if (isSlow || isFailure(error)) this.#breaker.fail();
    else if (this.#breaker.state === 'half-open') this.#breaker.reset();
  }
}

/** Returns whether an error says that a plugin cannot answer: not the error case of a `result`, nor an argument of a wrong type. */
export function isFailure(error: unknown): boolean {
  if (error === undefined || error instanceof TypeError) return false;
  return !(PluginError.is(error) && error.code === 'WP_GUEST');
}

/** Settles once a plugin serves, or the time is over. */
export function servesWithin(
  plugin: ManagedPlugin,
  { clock, ms }: { clock: Clock; ms: number },
): Promise<boolean> {
  const until = clock.now() + ms;
  return new Promise((resolve) => {
    const look = (): void => {
      if (isServing(plugin.state)) resolve(true);
      else if (clock.now() >= until) resolve(false);
      else clock.after(Math.min(20, until - clock.now()), look);
    };
    look();
  });
}
