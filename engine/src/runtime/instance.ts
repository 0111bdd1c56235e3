import { AbiError, PluginError, resolveLimits, TrapError, type CallLimits } from '@wasm-plugin/abi';
import type { MemoryViews } from '../canonical/index.js';
import {
  findExport,
  jsExports,
  LiftedFunc,
  viewsOf,
  type InstanceExports,
  type JsExports,
} from '../link/index.js';
import type { InstanceStart } from './instance-start.js';
import { missingFrom } from './missing-limit.js';
import { limitState } from './state-limit.js';

const PER_CALL: ReadonlySet<string> = new Set(['fuel', 'timeMs', 'wallMs'] satisfies (keyof CallLimits)[]);

/** The use of an instance so far. */
export interface Usage {
  /** Fuel of the current or last call; absent if no limit asked for counting it. */
  fuel?: number;
  /** Fuel of all calls; absent if no limit asked for counting it. */
  fuelTotal?: number;
  /** The most frames that were on the stack at once; absent if no limit asked for counting them. */
  stackDepth?: number;
  /** Linear memory of all core instances, in bytes. */
  memoryBytes: number;
  /** Elements of the tables of all core instances. */
  tableElements: number;
  /** Bytes that making the instance took beside memories and tables, see the limit `linkBytes`. */
  linkBytes: number;
  /** Resource handles alive. */
  handles: number;
  /** Calls of host imports since the instance was made. */
  hostCalls: number;
  /** Bytes lifted and lowered since the instance was made. */
  hostBytes: number;
  /** Bytes of the host's memory that resources of its sandbox hold; 0 without one. */
  heldBytes: number;
  /** Size of the last state that was saved, in bytes. */
  stateBytes: number;
  /** Log lines that were dropped, if not the host's own log does that. */
  logLinesDropped: number;
}

/**
 * A running component.
 *
 * State: `ready` until a trap makes it `dead` or `close()` makes it `closed`; from then on every call throws the same
 * error.
 *
 * @typeParam Exports the type of `exports`
 */
export class Instance<Exports extends object = JsExports> {
  /** Functions, classes and interfaces that the component exports, by name. The caller of `load` chooses their type. */
  readonly exports: Exports;
  readonly #items: InstanceExports;
  readonly #start: InstanceStart;
  #stateBytes = 0;

  constructor(start: InstanceStart, items: InstanceExports) {
    this.#start = start;
    this.#items = items;
    const { limits, plugin, aliases } = start.options;
    const exports = jsExports(items);
    limitState(exports, {
      allowed: limits.stateBytes,
      plugin,
      onSaved: (bytes) => (this.#stateBytes = bytes),
    });
    for (const [alias, name] of aliases) exports[alias] ??= exports[name];
    this.exports = exports as Exports;
  }

  /** The name of the plugin, as given to `load`. */
  get plugin(): string | undefined {
    return this.#start.root.plugin;
  }

  get state(): 'ready' | 'dead' | 'closed' {
    const { death } = this.#start.root;
    if (death === undefined) return 'ready';
    return death.code === 'WP_CLOSED' ? 'closed' : 'dead';
  }

  /** The cause of death or closing; `undefined` while the instance is usable. */
  get death(): PluginError | undefined {
    return this.#start.root.death;
  }

  /** Reports the amounts that the instance uses. Works in every state. */
  usage(): Usage {
    const { root, meter, countsFrames, link, sizes, sandbox, log } = this.#start;
    const metered = meter?.usage();
    return {
      ...(metered && { fuel: metered.fuel, fuelTotal: metered.fuelTotal }),
      ...(metered && countsFrames && { stackDepth: metered.stackDepth }),
      memoryBytes: (metered?.memoryBytes ?? 0) + sizes.memoryBytes,
      tableElements: (metered?.tableElements ?? 0) + sizes.tableElements,
      linkBytes: link.bytes,
      handles: root.contexts.reduce((sum, context) => sum + context.handles.size, 0),
      hostCalls: root.hostCalls,
      hostBytes: root.bytes,
      heldBytes: sandbox?.heldBytes() ?? 0,
      stateBytes: this.#stateBytes,
      logLinesDropped: log.dropped,
    };
  }

  /**
   * Sets the limits of each later call, in place of those that the instance was started with; without an argument those hold
   * again. `fuelTotal` goes on as before.
   *
   * State: any; between two calls.
   * @throws {PluginError} WP_LIMITS for a limit that the code was not compiled to enforce; the limits are as before
   */
  limitCalls(given: CallLimits = {}): void {
    const { root, compiled, meter } = this.#start;
    const { limits: loaded } = root;
    const limits = resolveLimits(given, { base: loaded, source: 'the limits of a call' });
    const fixed = Object.keys(given).find((name) => !PER_CALL.has(name));
    const missing = fixed ?? missingFrom(compiled.modules, { limits, loaded });
    if (missing === undefined) {
      meter?.arm(limits);
      return;
    }
    const when = fixed === undefined ? 'when the plugin is loaded' : 'for the whole instance';
    throw new PluginError('WP_LIMITS', `Cannot limit the calls: ${missing} has to be given ${when}`, {
      plugin: this.plugin,
    });
  }

  /**
   * Returns the memory that an export's canonical options name: the plugin's own, that addresses it returns refer to.
   * @param path names of the export, e.g. `['a:b/c', 'f']`
   * @throws {AbiError} WP_EXPORT_MISSING
   */
  memoryOf(path: readonly string[]): MemoryViews {
    const item = findExport(this.#items, path);
    const memory = item?.value instanceof LiftedFunc ? item.value.options.memory : undefined;
    if (memory !== undefined) return viewsOf(memory.memory);
    throw new AbiError(
      'WP_EXPORT_MISSING',
      `Cannot find a memory: no export "${path.join('#')}" that uses one`,
    );
  }

  suspend(): () => void {
    const { contexts } = this.#start.root;
    for (const context of contexts) context.suspended = true;
    return () => {
      for (const context of contexts) context.suspended = false;
    };
  }

  /** Ends the instance. Memory is freed once nothing refers to it. */
  close(): void {
    if (this.#start.root.death !== undefined) return;
    this.#start.root.kill(
      new TrapError('WP_CLOSED', 'Cannot enter the instance: it is closed', {
        plugin: this.#start.root.plugin,
      }),
    );
  }
}
