import type { CarrierKind } from './carrier-kind.js';
import { PluginError } from './errors.js';
import { SWITCHES, type CallLimits, type LimitName, type Limits, type ResolvedLimits } from './limits.js';
import type { PluginFiles } from './package/index.js';

/** One way to run plugins: components in this engine, native libraries, or other processes. */
export interface Carrier {
  readonly kind: CarrierKind;
  /** The limits that it enforces. It ignores all others, even if they are given. */
  readonly enforces: ReadonlySet<LimitName>;
  /** Upper bounds for its instances, if the carrier was made with limits of its own. */
  readonly limits?: ResolvedLimits;
  /** `async` if the functions of its instances return promises. */
  readonly calls: 'sync' | 'async';
  /**
   * Reads and checks a plugin, without running any of it.
   * @throws {PluginError} the plugin's fault
   */
  load(source: CarrierSource, context: CarrierContext): Promise<CarrierPlugin>;
  /** Closes the carrier's own resources, without its plugins. */
  close(): void | Promise<void>;
}

/** A plugin as a carrier loads it. */
export interface CarrierSource {
  readonly id: string;
  readonly version: string;
  /** A path in `files`; for `rpc` possibly an address. */
  readonly entry: string;
  readonly files: PluginFiles;
}

/** Settings for all instances of a plugin. */
export interface CarrierContext {
  /** Ends of the host's patience with the plugin; those in `Carrier.enforces` are held. */
  readonly limits: ResolvedLimits;
}

/** A plugin that a carrier can start. */
export interface CarrierPlugin {
  /** Size of the loaded code, in bytes. */
  readonly size: number;
  /** Starts an instance. State of the new instance: `ready`; the host has yet to call `lifecycle.init`. */
  instantiate(options: CarrierInstantiateOptions): CarrierInstance | Promise<CarrierInstance>;
  /** Ends all its instances. */
  close(): void | Promise<void>;
}

/** Settings for one instance. */
export interface CarrierInstantiateOptions {
  /** Imports from the host, by name. */
  readonly imports: Readonly<Record<string, unknown>>;
  /** May only lower those of the plugin. */
  readonly limits?: Limits;
  /** Called once, when the instance dies or is closed, possibly in the middle of the call that killed it. */
  readonly onEnd?: () => unknown;
}

/**
 * A running plugin.
 *
 * State: `ready` until a trap, a crash or a lost connection makes it `dead`, or `close()` makes it `closed`; from then on
 * every call throws the same error.
 */
export interface CarrierInstance {
  /** Functions, classes and interfaces by name, full and short. */
  readonly exports: Readonly<Record<string, unknown>>;
  readonly state: 'ready' | 'dead' | 'closed';
  /** The cause of its end; `undefined` while the instance is usable. */
  readonly death: PluginError | undefined;
  /** Amounts in use, by the name of the limit. Amounts that the carrier does not count are absent. */
  usage(): Readonly<Partial<Record<LimitName, number>>>;
  /**
   * Sets the limits of each later call, in place of those that the instance was started with; without an argument those hold
   * again. Absent if the carrier cannot enforce limits of single calls.
   *
   * State: any; between two calls.
   * @throws {PluginError} WP_LIMITS for a limit that the instance was not made to enforce; the limits are as before
   */
  limitCalls?(limits?: CallLimits): void;
  /**
   * Refuses code of a host import that the call in progress waits for: a call of its own would wait for that one. For carriers
   * whose calls give promises; a call refuses by itself.
   * @throws {TrapError} WP_TRAP_ABI
   */
  refuseReentry?(): void;
  /**
   * Refuses calls with WP_LIFECYCLE until the result is called: its state was saved, and is on its way to another instance. Not
   * there if calls give promises: those can wait.
   *
   * State: ready; between two calls.
   */
  suspend?(): () => void;
  close(): void | Promise<void>;
}

/**
 * Refuses given limits that a carrier cannot enforce.
 * @param asked the limits that the caller or the manifest wrote, without defaults
 * @throws {PluginError} WP_LIMITS, naming each; none for those in `accepted`
 */
export function refuseUnheldLimits(
  carrier: Carrier,
  asked: Limits,
  { plugin, accepted = [] }: { plugin?: string; accepted?: readonly LimitName[] } = {},
): void {
  const quantities = Object.keys(asked).filter((name) => !Object.hasOwn(SWITCHES, name)) as LimitName[];
  const unheld = quantities.filter(
    (name) =>
      asked[name] !== undefined &&
      asked[name] !== 'none' &&
      asked[name] !== Infinity &&
      !carrier.enforces.has(name) &&
      !accepted.includes(name),
  );
  if (unheld.length === 0) return;
  const names = unheld.map((name) => `"${name}"`).join(', ');
  const what = plugin === undefined ? 'the plugin' : `"${plugin}"`;
  const reason = `the carrier "${carrier.kind}" cannot hold ${names}; accept that by name, or do not ask for it`;
  throw new PluginError('WP_LIMITS', `Cannot load ${what}: ${reason}`, { plugin });
}
