import type { Offer } from './incoming-calls.js';
import { offersFrom, type PluginFactory, type RemoteHost, type ServedPlugin } from './serve.js';

/** Hears a line of a plugin's log: its level, e.g. `warn`, and its text. */
export type LogListener = (level: string, message: string) => void;

/** The instance that callers without a connection share: made anew when it has ended. They give it no settings. */
export class SharedInstance {
  readonly #plugin: ServedPlugin | PluginFactory;
  readonly #onLog: LogListener | undefined;
  #made: { served: ServedPlugin; offers: readonly Offer[] } | undefined;

  /** @param onLog hears its log. @default nobody does */
  constructor(plugin: ServedPlugin | PluginFactory, onLog?: LogListener) {
    this.#plugin = plugin;
    this.#onLog = onLog;
  }

  get(): { served: ServedPlugin; offers: readonly Offer[] } {
    if (this.#made !== undefined) return this.#made;
    const log = async (level: string, message: string): Promise<void> => this.#onLog?.(level, message);
    const host: RemoteHost = {
      exports: this.#onLog === undefined ? {} : { log: { log } },
      end: async () => void (this.#made = undefined),
    };
    const served = typeof this.#plugin === 'function' ? this.#plugin(Promise.resolve(host)) : this.#plugin;
    return (this.#made = { served, offers: offersFrom(served) });
  }
}
