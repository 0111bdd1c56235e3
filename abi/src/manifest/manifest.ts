import type { Capability } from '../capability.js';
import type { CarrierKind } from '../carrier-kind.js';
import type { JsonSchema } from '../json-schema/index.js';
import type { Limits } from '../limits.js';

/** A parsed `plugin.json`: the plugin's identity, carrier and needs. Frozen, and complete with defaults. */
export interface Manifest {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string | undefined;
  readonly license: string | undefined;
  readonly homepage: string | undefined;
  readonly tags: readonly string[];
  /** Carrier of `entry`, and of entries in `platforms` that name no other. */
  readonly carrier: CarrierKind;
  /** File that runs on any machine; `undefined` if only `platforms` and `fallbacks` name files. */
  readonly entry: string | undefined;
  readonly platforms: readonly PlatformEntry[];
  readonly fallbacks: readonly Entry[];
  readonly world: string;
  /** WIT interfaces that it promises to export. */
  readonly interfaces: readonly string[];
  /** Of these, interfaces whose calls may be made twice without harm. */
  readonly idempotent: readonly string[];
  /** WIT interfaces that it imports from whichever plugins export them. */
  readonly extensionPoints: readonly string[];
  /** Range of versions of `wasm-plugin:abi`. */
  readonly abi: string;
  /** Range of versions of the engine. */
  readonly engine: string;
  readonly dependencies: readonly Dependency[];
  readonly permissions: readonly Permission[];
  /** As written; the host resolves them against its own. */
  readonly limits: Limits;
  /** The schema of its configuration; `undefined` if it takes none. */
  readonly configSchema: JsonSchema | undefined;
  /** `undefined` if it has no state. */
  readonly state: StateFormat | undefined;
  readonly reload: ReloadSettings;
  /** The channel that updates of it are taken from: see `CHANNELS`. */
  readonly channel: string;
  /** The thread that it wants; the host decides. `undefined` where it does not say. */
  readonly isolation: Isolation | undefined;
  readonly activity: ActivitySettings;
  readonly events: EventSettings;
  /** Promises of an audio plugin, for tools; a host does not read them. `undefined` if there is none. */
  readonly audio: { readonly fuelPerFrame?: number } | undefined;
  /** Command that builds the plugin from its sources, for tools; a host never runs it. `undefined` if there is none. */
  readonly build: { readonly command: string } | undefined;
}

/** The thread of a plugin's instances: that of the host, or one for each instance, whose calls give promises. */
export type Isolation = 'none' | 'worker';

/** Times of a plugin that exports `wasm-plugin:abi/activity` and acts by itself. */
export interface ActivitySettings {
  /** Time between two calls of `tick`; `undefined` for none. */
  readonly tickMs: number | undefined;
  /** Time that `stop` needs at most. */
  readonly stopMs: number | undefined;
}

/** Event that is lost when a queue of events is full; with `keep-latest` one event of each topic waits, the last one. */
export type Overflow = 'drop-oldest' | 'drop-newest' | 'keep-latest';

/** Queue of a plugin that exports `wasm-plugin:abi/subscriber`. */
export interface EventSettings {
  /** Most events that wait for it; `undefined` for as many as the host allows. */
  readonly queue: number | undefined;
  readonly overflow: Overflow;
}

/** A file or address to run, and its carrier. */
export interface Entry {
  readonly carrier: CarrierKind;
  /** A path inside the plugin; for `rpc` possibly an address. */
  readonly entry: string;
}

/** An entry for one kind of machine. A property that is `undefined` fits any. */
export interface PlatformEntry {
  readonly os: string | undefined;
  readonly cpu: string | undefined;
  readonly libc: string | undefined;
  readonly entry: string;
}

/** Another plugin that a plugin uses. */
export interface Dependency {
  readonly id: string;
  readonly range: string;
  readonly optional: boolean;
}

/** A capability that a plugin asks for. */
export interface Permission {
  readonly capability: Capability;
  readonly reason: string;
  readonly required: boolean;
}

/** The state that a plugin writes and takes over. */
export interface StateFormat {
  /** The format it writes. */
  readonly schema: number;
  /** Every format it restores from, its own included. */
  readonly restores: readonly number[];
  /** Range of versions whose state it takes. */
  readonly versions: string;
}

/** Settings of a plugin for its own replacement while it runs. */
export interface ReloadSettings {
  readonly enabled: boolean;
  readonly strategy: 'immediate' | 'when-idle' | 'blue-green';
  readonly policy: 'keep-old' | 'discard-state' | 'last-good';
  readonly confirmCalls: number;
  readonly confirmMs: number;
}
