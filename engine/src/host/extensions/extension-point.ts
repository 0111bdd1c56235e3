import { PluginError } from '@wasm-plugin/abi';
import type { Clock } from '../../reload/index.js';
import type { ManagedPlugin } from '../managed-plugin.js';
import type { ExtensionOptions, FirstOptions, ProviderAnswer } from './extension-options.js';
import { isFailure, servesWithin, type PointCall, type Provider } from './provider.js';

/** A provider, and the name by which it exports the interface. */
export interface Offer {
  readonly provider: Provider;
  readonly key: string;
  /** True if calls of the interface may be made again. */
  readonly isIdempotent: boolean;
}

/** Options of an extension point. */
export interface ExtensionPointOptions {
  readonly clock: Clock;
  readonly bounds: ExtensionOptions;
  /** Returns the plugins that offer the interface now, those of a higher priority first. */
  offers(): readonly Offer[];
}

/**
 * An interface that several plugins offer. They are asked in the order of their priorities; one that cannot answer does not
 * keep the others from it.
 */
export class ExtensionPoint {
  readonly name: string;
  readonly #options: ExtensionPointOptions;

  constructor(name: string, options: ExtensionPointOptions) {
    this.name = name;
    this.#options = options;
  }

  /** The names of the plugins that offer it now, in the order in which they are asked. */
  get plugins(): string[] {
    return this.#options.offers().map(({ provider }) => provider.plugin.name);
  }

  /**
   * Asks one plugin after the other until one answers. An error is no answer, be it the error case of a `result`.
   * @param name a function of the interface, in camel case
   * @throws {PluginError} WP_NOT_FOUND if no plugin offers the interface; else the error of the last one
   */
  async first(name: string, args: readonly unknown[] = [], options: FirstOptions = {}): Promise<unknown> {
    const { accepts = () => true } = options;
    let last: { error: unknown } = { error: this.#nobody(name) };
    for (const offer of this.#options.offers()) {
      const answer = await this.#ask(offer, { name, args, from: undefined });
      if (answer.error !== undefined) last = { error: answer.error };
      else if (accepts(answer.value)) return answer.value;
      else last = { error: undefined };
    }
    if (last.error === undefined) return undefined;
    throw last.error;
  }

  /** Asks all plugins at the same time. @returns their answers, in the order of their priorities */
  all(name: string, args: readonly unknown[] = []): Promise<ProviderAnswer[]> {
    return Promise.all(
      this.#options.offers().map((offer) => this.#ask(offer, { name, args, from: undefined })),
    );
  }

  /**
   * Passes a value through all plugins: the result of each is the first argument of the next. One that fails is left out.
   * @param args further arguments, the same for each
   */
  async chain(name: string, value: unknown, args: readonly unknown[] = []): Promise<unknown> {
    let present = value;
    for (const offer of this.#options.offers()) {
      const answer = await this.#ask(offer, { name, args: [present, ...args], from: undefined });
      if (answer.error === undefined) present = answer.value;
    }
    return present;
  }

  /**
   * Makes the object that a plugin imports: each function asks one plugin after the other. A caller whose calls return results
   * cannot wait: it asks those that answer at once.
   */
  importsFor(consumer: ManagedPlugin, calls: 'sync' | 'async'): object {
    const from = consumer.name;
    const functions = new Map<string, (...args: unknown[]) => unknown>();
    const functionOf = (name: string): ((...args: unknown[]) => unknown) => {
      let made = functions.get(name);
      if (made === undefined) {
        made = (...args) => this.#forPlugin({ name, args, from }, calls);
        functions.set(name, made);
      }
      return made;
    };
    const known = Object.fromEntries(this.#functionNames().map((name) => [name, functionOf(name)]));
    // Plugins that come later may offer the interface first: each function of it is there.
    return new Proxy(Object.assign(Object.create(null) as object, known), {
      get: (_known, name) => (typeof name === 'string' ? functionOf(name) : undefined),
    });
  }

  #functionNames(): string[] {
    return this.#options
      .offers()
      .flatMap(({ provider, key }) =>
        Object.entries(provider.plugin.exports[key] as object).flatMap(([name, value]) =>
          typeof value === 'function' ? [name] : [],
        ),
      );
  }

  #forPlugin(call: PointCall, calls: 'sync' | 'async'): unknown {
    const offers = this.#options.offers().filter(({ provider }) => provider.plugin.name !== call.from);
    if (calls === 'async') return this.#firstLater(offers, call);
    const now = offers.filter(({ provider }) => provider.plugin.running?.calls === 'sync');
    let last: { error: unknown } = { error: this.#nobody(call.name, offers.length > 0) };
    for (const { provider, key } of now) {
      try {
        return provider.call(key, call);
      } catch (error) {
        last = worthier(last, error);
      }
    }
    throw last.error;
  }

  async #firstLater(offers: readonly Offer[], call: PointCall): Promise<unknown> {
    let last: { error: unknown } = { error: this.#nobody(call.name) };
    for (const offer of offers) {
      const { value, error } = await this.#ask(offer, call);
      if (error === undefined) return value;
      last = worthier(last, error);
    }
    throw last.error;
  }

  /** Asks one plugin; again where that is harmless, once it serves again. */
  async #ask({ provider, key, isIdempotent }: Offer, call: PointCall): Promise<ProviderAnswer> {
    const { clock, bounds } = this.#options;
    const { plugin } = provider;
    let tries = isIdempotent ? 1 + (bounds.retries ?? 1) : 1;
    for (;;) {
      try {
        return { plugin: plugin.name, value: await provider.call(key, call), error: undefined };
      } catch (error) {
        const again = { clock, ms: bounds.retryMs ?? 1000 };
        if (--tries > 0 && isFailure(error) && (await servesWithin(plugin, again))) continue;
        return {
          plugin: plugin.name,
          value: undefined,
          error: error ?? new Error('Cannot tell: undefined was thrown'),
        };
      }
    }
  }

  #nobody(name: string, isLate = false): PluginError {
    const who = isLate
      ? 'those that offer it answer later, from threads of their own'
      : 'no plugin offers it now';
    return new PluginError('WP_NOT_FOUND', `Cannot call "${name}" of "${this.name}": ${who}`);
  }
}

/** An error case of the interface is what a plugin can deal with: it comes before others. */
function worthier(last: { error: unknown }, error: unknown): { error: unknown } {
  return isFailure(error) && !isFailure(last.error) ? last : { error };
}
