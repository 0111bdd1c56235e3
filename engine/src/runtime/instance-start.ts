import { LIMITS, QuotaError, type ResolvedLimits } from '@wasm-plugin/abi';
import { RootState, type Backend } from '../canonical/index.js';
import {
  instantiate,
  LinkBudget,
  type CoreStart,
  type HostImports,
  type InstanceExports,
  type Steps,
  sandboxLinkOf,
  type SandboxLink,
} from '../link/index.js';
import type { ExposedSizes } from '../meter/index.js';
import { abortMessageOf, hasAbortMessage, LATE_TRACE_STEPS, TRACE_STEPS, traceFrom } from '../trace/index.js';
import type { CompiledComponent } from './compiled-component.js';
import { InstanceMeter } from './instance-meter.js';
import { priceOfReady } from './instance-price.js';
import { LogLimiter } from './log-limit.js';
import type { PreparedModule } from './prepare-modules.js';
import { UnmeteredSizes } from './unmetered-sizes.js';

/** Options of an instance. */
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

/** Makes an instance and its parts: its state, its meter, and the counters of its use. */
export class InstanceStart {
  readonly compiled: CompiledComponent;
  readonly options: InstanceOptions;
  readonly root: RootState;
  readonly meter: InstanceMeter | undefined;
  /** True if a limit asks for frames to be counted. */
  readonly countsFrames: boolean;
  readonly link: LinkBudget;
  readonly log: LogLimiter;
  readonly sandbox: SandboxLink | undefined;
  readonly sizes = new UnmeteredSizes();
  readonly #modules: ReadonlyMap<WebAssembly.Module, PreparedModule>;

  constructor(compiled: CompiledComponent, options: InstanceOptions) {
    this.compiled = compiled;
    this.options = options;
    const { plugin, limits } = options;
    this.root = new RootState(plugin, limits);
    this.log = new LogLimiter(limits.logLinesPerSecond, () => performance.now());
    this.link = new LinkBudget({ limits, plugin, now: () => performance.now() });
    this.sandbox = sandboxLinkOf(options.imports);
    this.sandbox?.attach({ chargeBytes: (bytes) => this.root.charge(bytes) });
    const prepared = [...compiled.modules.values()];
    this.countsFrames = prepared.some(({ metered }) => (metered?.stackDepth ?? false) !== false);
    if (prepared.some(({ metered }) => metered !== undefined)) {
      this.root.meter = this.meter = new InstanceMeter(limits, plugin);
    }
    this.#modules = new Map(prepared.map((each) => [each.module, each]));
    this.root.traceOf = (error, { code }) => {
      const late = code === 'WP_QUOTA_TIME' || code === 'WP_QUOTA_WALL';
      const steps = late ? LATE_TRACE_STEPS : TRACE_STEPS;
      return traceFrom(error, new Map(prepared.map(({ tag, traced }) => [tag, traced])), { steps });
    };
    if (options.onEnd !== undefined) this.root.onEnd = options.onEnd;
  }

  /** Links and starts the component. To be called once. */
  *run(): Steps<InstanceExports> {
    const { compiled, options, root } = this;
    // All start functions together have the limits of one call.
    root.enter(false);
    const items = yield* instantiate(compiled.component, {
      modules: new Map([...compiled.modules].map(([definition, { module }]) => [definition, module])),
      declared: compiled.type.imports,
      imports: this.log.limit(options.imports),
      backend: options.backend,
      root,
      budget: this.link,
      contextGlobalOf: (module) => this.#modules.get(module)?.contextGlobal,
      start: (start) => this.#start(start),
    });
    root.leave();
    return items;
  }

  *#start(start: CoreStart): Steps<WebAssembly.Exports> {
    const exports = yield* this.#instantiate(start);
    if (hasAbortMessage(exports)) this.root.lastWords = () => abortMessageOf(exports);
    return exports;
  }

  *#instantiate(start: CoreStart): Steps<WebAssembly.Exports> {
    const prepared = this.#modules.get(start.module);
    this.link.spend(prepared?.price ?? priceOfReady(start.module));
    if (prepared?.metered !== undefined && this.meter !== undefined)
      return yield* this.meter.start(prepared.metered, start);
    if (prepared?.sizes !== undefined) this.#admit(prepared.sizes);
    const { exports } = yield start;
    this.sizes.add(exports, prepared?.sizes);
    return exports;
  }

  /** Refuses a core instance whose memories and tables would start above the limits, before it is made. */
  #admit({ leastBytes, leastElements }: ExposedSizes): void {
    const { limits, plugin } = this.root;
    const metered = this.meter?.usage();
    const check = (code: 'WP_QUOTA_MEMORY' | 'WP_QUOTA_TABLE', used: number): void => {
      const limit = code === 'WP_QUOTA_MEMORY' ? 'memoryBytes' : 'tableElements';
      const { unit } = LIMITS[limit];
      const allowed = limits[limit];
      if (used > allowed) throw new QuotaError(code, { limit, unit, allowed, used, plugin });
    };
    if (leastBytes > 0)
      check('WP_QUOTA_MEMORY', (metered?.memoryBytes ?? 0) + this.sizes.memoryBytes + leastBytes);
    if (leastElements > 0)
      check('WP_QUOTA_TABLE', (metered?.tableElements ?? 0) + this.sizes.tableElements + leastElements);
  }
}
