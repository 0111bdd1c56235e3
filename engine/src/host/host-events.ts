import type { CapabilityError, CarrierKind } from '@wasm-plugin/abi';
import type { ReloadEvent } from '../reload/index.js';
import type { LogLevel } from '../sandbox/index.js';
import type { BusFault } from './bus/index.js';
import type { ExtensionEvent } from './extensions/index.js';
import type { LifeEvent } from './life-event.js';
import type { PluginState } from './plugin-state.js';
import type { SupervisorEvent } from './supervisor-options.js';
import type { WatchEvent } from './watch-event.js';

/** The events of a host, by name. */
export interface HostEvents {
  /** A plugin went from one state to another. */
  state: { plugin: string; version: string; from: PluginState; to: PluginState; error: unknown };
  /** A version of a plugin became known. */
  added: { plugin: string; version: string; source: string };
  /** A version of a plugin is no longer known; if it runs, it goes on. */
  removed: { plugin: string; version: string; source: string };
  /** Something in a scanned folder is no plugin that can be used. */
  problem: { source: string; error: unknown };
  /** A plugin starts without one of its optional dependencies. */
  skipped: { plugin: string; dependency: string; reason: string };
  /** An entry of a plugin could not be started; the next one of its manifest is tried. */
  fallback: { plugin: string; version: string; carrier: CarrierKind; entry: string; error: unknown };
  /** A plugin has other settings. */
  configured: { plugin: string; keys: readonly string[] };
  /** A plugin was refused a capability; it may have coped with that. */
  denied: { plugin: string; error: CapabilityError };
  /** A plugin wrote a line. */
  log: { plugin: string; level: LogLevel; message: string };
  /** Another instance was put behind a plugin's exports. */
  swapped: { plugin: string; from: string; to: string };
  /** A reload was committed, confirmed, rolled back or failed, or a plugin was recovered. */
  reload: ReloadEvent & { readonly plugin: string };
  /** A plugin began with a stored state, was started or stopped, or left its state in the store. */
  life: LifeEvent & { readonly plugin: string };
  /** Something went wrong between a plugin and the event bus. */
  bus: BusFault & { readonly plugin: string };
  /** A plugin that offers an interface is no longer asked for a while, is tried again, or is asked again. */
  extension: ExtensionEvent;
  /** A plugin died and is restarted, is unhealthy, or is in quarantine. */
  supervision: SupervisorEvent;
  /** The files of a watched plugin changed, and the result. */
  watch: WatchEvent & { readonly plugin: string };
}

type Listener<Name extends keyof HostEvents> = (event: HostEvents[Name]) => void;

/** Calls listeners of events. A listener that throws stops neither the others nor the reported operation. */
export class EventSource {
  readonly #listeners = new Map<keyof HostEvents, Set<Listener<never>>>();

  /** Adds a listener; the result takes it away. */
  on<Name extends keyof HostEvents>(name: Name, listener: Listener<Name>): () => void {
    let listeners = this.#listeners.get(name);
    if (listeners === undefined) this.#listeners.set(name, (listeners = new Set()));
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Calls every listener, in the order in which they were added. */
  emit<Name extends keyof HostEvents>(name: Name, event: HostEvents[Name]): void {
    for (const listener of Array.from(this.#listeners.get(name) ?? [])) {
      try {
        (listener as Listener<Name>)(event);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

/** Lets an error surface as an uncaught one, without stopping who tells. */
function reportError(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
