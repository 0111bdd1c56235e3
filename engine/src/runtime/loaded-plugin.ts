import { PluginError, QuotaError, resolveLimits, type Limits, type ResolvedLimits } from '@wasm-plugin/abi';
import type { Backend } from '../canonical/index.js';
import { awaitSteps, takeSteps, type HostImports, type JsExports } from '../link/index.js';
import { checkOptions, type KeysOf } from './check-options.js';
import type { CompiledComponent } from './compiled-component.js';
import { InstanceStart } from './instance-start.js';
import { Instance } from './instance.js';
import { missingFrom } from './missing-limit.js';

/** Options of `Plugin.instantiate`. */
export interface InstantiateOptions<Imports extends object = HostImports> {
  /** Imports of this instance alone; they come before the engine's. */
  imports?: Imports;
  /** Limits of this instance, which may only lower the plugin's. */
  limits?: Limits;
  /** Called once, when the instance dies or is closed, possibly in the middle of the call that killed it. */
  onEnd?: () => unknown;
}

const OPTIONS: KeysOf<InstantiateOptions> = { imports: true, limits: true, onEnd: true };

/** Options of a loaded plugin. */
export interface LoadedPluginOptions {
  name: string | undefined;
  backend: Backend;
  imports: HostImports;
  limits: ResolvedLimits;
  /** The name of an export for each other name that it is wanted under. */
  aliases: ReadonlyMap<string, string>;
  /** Called when the plugin is closed. */
  onClose: (plugin: LoadedPlugin<object>) => unknown;
}

/** A compiled component and the instances made of it. */
export class LoadedPlugin<Exports extends object = JsExports> {
  readonly name: string | undefined;
  readonly size: number;
  readonly limits: ResolvedLimits;
  readonly #compiled: CompiledComponent;
  readonly #options: LoadedPluginOptions;
  /** Number of instances that are being made. */
  #starting = 0;
  /** Number of times that it was closed. */
  #closings = 0;
  /** Weak, so that an instance that nobody closed can still be collected. */
  readonly #alive = new Set<WeakRef<Instance<object>>>();
  readonly #registry = new FinalizationRegistry<WeakRef<Instance<object>>>((ref) => this.#alive.delete(ref));

  constructor(compiled: CompiledComponent, options: LoadedPluginOptions) {
    this.name = options.name;
    this.size = compiled.size;
    this.limits = options.limits;
    this.#compiled = compiled;
    this.#options = options;
  }

  instantiate<Own extends object = Exports, Imports extends object = HostImports>(
    given: InstantiateOptions<Imports> = {},
  ): Instance<Own> {
    const start = this.#begin(given);
    return this.#add(start, new Instance<Own>(start, takeSteps(start.run())));
  }

  async instantiateAsync<Own extends object = Exports, Imports extends object = HostImports>(
    given: InstantiateOptions<Imports> = {},
  ): Promise<Instance<Own>> {
    const start = this.#begin(given);
    const closings = this.#closings;
    this.#starting++;
    try {
      const instance = new Instance<Own>(start, await awaitSteps(start.run()));
      if (this.#closings !== closings) instance.close();
      // Closed while it was on its way, by the host or by the plugin's end.
      if (instance.death !== undefined) throw instance.death;
      return this.#add(start, instance);
    } finally {
      this.#starting--;
    }
  }

  #begin(given: InstantiateOptions<object>): InstanceStart {
    checkOptions(given, OPTIONS, 'instantiate the plugin');
    const { name: plugin, backend, imports, aliases } = this.#options;
    const limits = this.#lowered(given.limits);
    const { instances: allowed } = limits;
    const used = this.#alive.size + this.#starting + 1;
    if (used > allowed) {
      throw new QuotaError('WP_QUOTA_INSTANCES', {
        limit: 'instances',
        unit: 'count',
        allowed,
        used,
        plugin,
      });
    }
    return new InstanceStart(this.#compiled, {
      plugin,
      backend,
      limits,
      aliases,
      imports: given.imports === undefined ? imports : { ...imports, ...given.imports },
      ...(given.onEnd && { onEnd: given.onEnd }),
    });
  }

  #add<Own extends object>({ root, options }: InstanceStart, instance: Instance<Own>): Instance<Own> {
    const ref = new WeakRef<Instance<object>>(instance);
    root.onEnd = () => {
      this.#alive.delete(ref);
      options.onEnd?.();
    };
    this.#alive.add(ref);
    this.#registry.register(instance, ref);
    return instance;
  }

  /** Limits that are built into the code cannot be changed once it is compiled, unless it is metered. */
  #lowered(given: Limits | undefined): ResolvedLimits {
    const limits = resolveLimits(given, { base: this.limits, lowerOnly: true });
    const missing = missingFrom(this.#compiled.modules, { limits, loaded: this.limits });
    if (missing === undefined) return limits;
    throw new PluginError(
      'WP_LIMITS',
      `Cannot limit the instance: ${missing} has to be given when the plugin is loaded`,
    );
  }

  /** Closes every instance, and those that are on their way. */
  close(): void {
    this.#closings++;
    for (const ref of this.#alive) ref.deref()?.close();
    this.#options.onClose(this);
  }
}
