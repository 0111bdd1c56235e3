import {
  AbiError,
  LIMITS,
  PluginError,
  QuotaError,
  resolveLimits,
  TrapError,
  type CallLimits,
  type ResolvedLimits,
} from '@wasm-plugin/abi';
import { RootState, type Backend, type MemoryViews } from '../canonical/index.js';
import {
  findExport,
  instantiate,
  jsExports,
  LiftedFunc,
  LinkBudget,
  viewsOf,
  type HostImports,
  type InstanceExports,
  type JsExports,
} from '../link/index.js';
import type { ExposedSizes } from '../meter/index.js';
import { sandboxLinkOf, type SandboxLink } from '../sandbox/index.js';
import { abortMessageOf, hasAbortMessage, LATE_TRACE_STEPS, TRACE_STEPS, traceFrom } from '../trace/index.js';
import type { CompiledComponent } from './compiled-component.js';
import { InstanceMeter } from './instance-meter.js';
import { priceOfReady } from './instance-price.js';
import { missingFrom } from './missing-limit.js';
import type { PreparedModule } from './prepare-modules.js';
import { LogLimiter } from './log-limit.js';
import { limitState } from './state-limit.js';
import { UnmeteredSizes } from './unmetered-sizes.js';

const PER_CALL: ReadonlySet<string> = new Set(['fuel', 'timeMs', 'wallMs'] satisfies (keyof CallLimits)[]);

/** What an instance has used so far. */
export interface Usage {
  /** Fuel of the current or last call; absent where no limit asked for counting it. */
  fuel?: number;
  /** Fuel of all calls; absent where no limit asked for counting it. */
  fuelTotal?: number;
  /** The most frames that were on the stack at once; absent where no limit asked for counting them. */
  stackDepth?: number;
  /** Linear memory of all core instances, in bytes. */
  memoryBytes: number;
  /** Elements of the tables of all core instances. */
  tableElements: number;
  /** What making the instance has taken beside memories and tables, in bytes, see the limit `linkBytes`. */
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
  /** Log lines that were dropped, where not the host's own log does that. */
  logLinesDropped: number;
}

/** What `Instance` is made with. */
export interface InstanceOptions {
  /** The plugin's name, for errors. */
  plugin?: string | undefined;
  imports: HostImports;
  backend: Backend;
  limits: ResolvedLimits;
  /** The name of an export for each other name that it is wanted under. */
  aliases: ReadonlyMap<string, string>;
  /** Called once, when the instance dies or is closed. */
  onEnd?: () => unknown;
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
  /** Functions, classes and interfaces that the component exports, by name. Their type is what the caller said, see `load`. */
  readonly exports: Exports;
  readonly #items: InstanceExports;
  readonly #root: RootState;
  #meter: InstanceMeter | undefined;
  readonly #countsFrames: boolean;
  readonly #link: LinkBudget;
  readonly #sizes = new UnmeteredSizes();
  readonly #log: LogLimiter;
  readonly #sandbox: SandboxLink | undefined;
  #stateBytes = 0;
  readonly #compiled: CompiledComponent;

  constructor(compiled: CompiledComponent, options: InstanceOptions) {
    this.#compiled = compiled;
    const { plugin, limits } = options;
    this.#root = new RootState(plugin, limits);
    this.#log = new LogLimiter(limits.logLinesPerSecond, () => performance.now());
    this.#link = new LinkBudget({ limits, plugin, now: () => performance.now() });
    this.#sandbox = sandboxLinkOf(options.imports);
    this.#sandbox?.attach({ chargeBytes: (bytes) => this.#root.charge(bytes) });
    const prepared = [...compiled.modules.values()];
    this.#countsFrames = prepared.some(({ metered }) => (metered?.stackDepth ?? false) !== false);
    if (prepared.some(({ metered }) => metered !== undefined)) {
      this.#root.meter = this.#meter = new InstanceMeter(options.limits, options.plugin);
    }
    const modules = new Map(prepared.map((each) => [each.module, each]));
    this.#root.traceOf = (error, { code }) => {
      const late = code === 'WP_QUOTA_TIME' || code === 'WP_QUOTA_WALL';
      const steps = late ? LATE_TRACE_STEPS : TRACE_STEPS;
      return traceFrom(error, new Map(prepared.map(({ tag, traced }) => [tag, traced])), { steps });
    };
    if (options.onEnd !== undefined) this.#root.onEnd = options.onEnd;
    // All start functions together may use what one call may.
    this.#root.enter(false);
    this.#items = instantiate(compiled.component, {
      modules: new Map([...compiled.modules].map(([definition, { module }]) => [definition, module])),
      imports: this.#log.limit(options.imports),
      backend: options.backend,
      root: this.#root,
      budget: this.#link,
      start: (module, imports) => this.#start(module, imports, modules.get(module)),
    });
    this.#root.leave();
    const exports = jsExports(this.#items);
    limitState(exports, {
      allowed: limits.stateBytes,
      plugin,
      onSaved: (bytes) => (this.#stateBytes = bytes),
    });
    for (const [alias, name] of options.aliases) exports[alias] ??= exports[name];
    this.exports = exports as Exports;
  }

  #start(
    module: WebAssembly.Module,
    imports: WebAssembly.Imports,
    prepared: PreparedModule | undefined,
  ): WebAssembly.Exports {
    const exports = this.#instantiate(module, imports, prepared);
    if (hasAbortMessage(exports)) this.#root.lastWords = () => abortMessageOf(exports);
    return exports;
  }

  #instantiate(
    module: WebAssembly.Module,
    imports: WebAssembly.Imports,
    prepared: PreparedModule | undefined,
  ): WebAssembly.Exports {
    this.#link.spend(prepared?.price ?? priceOfReady(module));
    if (prepared?.metered !== undefined && this.#meter !== undefined)
      return this.#meter.start(prepared.metered, module, imports);
    if (prepared?.sizes !== undefined) this.#admit(prepared.sizes);
    const { exports } = new WebAssembly.Instance(module, imports);
    this.#sizes.add(exports, prepared?.sizes);
    return exports;
  }

  /** Refuses a core instance whose memories and tables would start above the limits, before it is made. */
  #admit({ leastBytes, leastElements }: ExposedSizes): void {
    const { memoryBytes, tableElements } = this.usage();
    const { limits, plugin } = this.#root;
    const check = (code: 'WP_QUOTA_MEMORY' | 'WP_QUOTA_TABLE', used: number): void => {
      const limit = code === 'WP_QUOTA_MEMORY' ? 'memoryBytes' : 'tableElements';
      const { unit } = LIMITS[limit];
      const allowed = limits[limit];
      if (used > allowed) throw new QuotaError(code, { limit, unit, allowed, used, plugin });
    };
    if (leastBytes > 0) check('WP_QUOTA_MEMORY', memoryBytes + leastBytes);
    if (leastElements > 0) check('WP_QUOTA_TABLE', tableElements + leastElements);
  }

  /** The name of the plugin, as given to `load`. */
  get plugin(): string | undefined {
    return this.#root.plugin;
  }

  get state(): 'ready' | 'dead' | 'closed' {
    const { death } = this.#root;
    if (death === undefined) return 'ready';
    return death.code === 'WP_CLOSED' ? 'closed' : 'dead';
  }

  /** Why the instance is dead or closed. */
  get death(): PluginError | undefined {
    return this.#root.death;
  }

  /** Reports what the instance uses. Works in every state. */
  usage(): Usage {
    const metered = this.#meter?.usage();
    return {
      ...(metered && { fuel: metered.fuel, fuelTotal: metered.lifetimeFuel }),
      ...(metered && this.#countsFrames && { stackDepth: metered.stackDepth }),
      memoryBytes: (metered?.memoryBytes ?? 0) + this.#sizes.memoryBytes,
      tableElements: (metered?.tableElements ?? 0) + this.#sizes.tableElements,
      linkBytes: this.#link.bytes,
      handles: this.#root.contexts.reduce((sum, context) => sum + context.handles.size, 0),
      hostCalls: this.#root.hostCalls,
      hostBytes: this.#root.bytes,
      heldBytes: this.#sandbox?.heldBytes() ?? 0,
      stateBytes: this.#stateBytes,
      logLinesDropped: this.#log.dropped,
    };
  }

  /**
   * Sets what each call that is made from now on may use, in place of the limits that the instance was started with; without
   * an argument those hold again. `fuelTotal` goes on as before.
   *
   * State: any; between two calls.
   * @throws {PluginError} WP_LIMITS for a limit that the code was not compiled to hold; the limits are as before
   */
  limitCalls(given: CallLimits = {}): void {
    const { limits: loaded } = this.#root;
    const limits = resolveLimits(given, { base: loaded, source: 'the limits of a call' });
    const fixed = Object.keys(given).find((name) => !PER_CALL.has(name));
    const missing = fixed ?? missingFrom(this.#compiled.modules, { limits, loaded });
    if (missing === undefined) {
      this.#meter?.arm(limits);
      return;
    }
    const when = fixed === undefined ? 'when the plugin is loaded' : 'for the whole instance';
    throw new PluginError('WP_LIMITS', `Cannot limit the calls: ${missing} has to be given ${when}`, {
      plugin: this.plugin,
    });
  }

  /**
   * Gives the memory that an export's canonical options name: the plugin's own, that addresses it returns refer to.
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
    const { contexts } = this.#root;
    for (const context of contexts) context.suspended = true;
    return () => {
      for (const context of contexts) context.suspended = false;
    };
  }

  /** Ends the instance. Memory is freed once nothing refers to it. */
  close(): void {
    if (this.#root.death !== undefined) return;
    this.#root.kill(
      new TrapError('WP_CLOSED', 'Cannot enter the instance: it is closed', { plugin: this.#root.plugin }),
    );
  }
}
