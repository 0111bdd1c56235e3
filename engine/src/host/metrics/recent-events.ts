import type { EventSource, HostEvents } from '../host-events.js';

/** An event of a plugin, and when it was. */
export interface RecordedEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly name: keyof HostEvents;
  readonly event: HostEvents[keyof HostEvents];
}

/** As many are remembered of each plugin; of its log lines as many more. */
const MOST_EVENTS = 100;
const MOST_LINES = 200;
/** Plugins of which something is remembered; of others that come nothing is, until one is forgotten. */
const MOST_PLUGINS = 10_000;

const RECORDED = [
  'state',
  'skipped',
  'fallback',
  'configured',
  'denied',
  'reload',
  'supervision',
  'watch',
  'life',
  'bus',
  'extension',
] as const satisfies (keyof HostEvents)[];

/** Remembers the last events and log lines of each plugin, also of one that is unloaded. Bounded. */
export class RecentEvents {
  readonly #events = new Map<string, RecordedEvent[]>();
  readonly #lines = new Map<string, RecordedEvent[]>();
  readonly #wallNow: () => number;

  constructor(wallNow: () => number) {
    this.#wallNow = wallNow;
  }

  /** Remembers the events of a host from now on. */
  follow(host: Pick<EventSource, 'on'>): void {
    for (const name of RECORDED) {
      host.on(name, (event) => this.#keep(this.#events, { name, event, most: MOST_EVENTS }));
    }
    host.on('log', (event) => this.#keep(this.#lines, { name: 'log', event, most: MOST_LINES }));
  }

  /** Returns the last events of a plugin, the oldest first. */
  of(plugin: string): readonly RecordedEvent[] {
    return [...(this.#events.get(plugin) ?? [])];
  }

  /** Returns the last log lines of a plugin, or of all, the oldest first. */
  logs(plugin?: string): readonly RecordedEvent[] {
    if (plugin !== undefined) return [...(this.#lines.get(plugin) ?? [])];
    return [...this.#lines.values()].flat().sort((a, b) => a.at - b.at);
  }

  #keep(
    kept: Map<string, RecordedEvent[]>,
    { name, event, most }: { name: keyof HostEvents; event: { readonly plugin: string }; most: number },
  ): void {
    const { plugin } = event;
    let list = kept.get(plugin);
    if (list === undefined) {
      if (kept.size >= MOST_PLUGINS) return;
      kept.set(plugin, (list = []));
    }
    list.push({ at: this.#wallNow(), name, event: event as HostEvents[keyof HostEvents] });
    if (list.length > 2 * most) list.splice(0, list.length - most);
  }
}
