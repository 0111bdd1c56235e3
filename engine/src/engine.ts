import { COMPOSED, canGenerate, GENERATED, type Backend } from './canonical/index.js';
import type { HostImports } from './link/index.js';
import { compileComponent, Instance, type CompiledComponent } from './runtime/index.js';

/** What `createEngine` is given. */
export interface EngineOptions {
  /** What the host gives to every plugin, by the name of the import, with or without its version. */
  imports?: HostImports;
  /**
   * How lifts and lowers are made: `generated` as JavaScript text, or `composed` from closures, for a host whose content
   * security policy forbids `eval`.
   * @default `generated` where the host allows it
   */
  backend?: Backend['name'];
}

/** What `Plugin.instantiate` is given. */
export interface InstantiateOptions {
  /** Imports of this instance alone; they come before the engine's. */
  imports?: HostImports;
}

/** A component that was loaded, and can be instantiated. */
export interface Plugin {
  /** The name it was loaded under. */
  readonly name: string | undefined;
  /** Size of the component binary in bytes. */
  readonly size: number;
  /**
   * Makes a running instance.
   * @throws {AbiError} WP_IMPORT_MISSING
   * @throws {PluginError} WP_LINK
   * @throws {TrapError} WP_TRAP when a start function traps
   */
  instantiate(options?: InstantiateOptions): Instance;
}

/** Loads plugins. */
export interface Engine {
  /**
   * Decodes, checks and compiles a component.
   * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
   */
  load(bytes: Uint8Array, options?: { name?: string }): Promise<Plugin>;
  /** Closes every instance that the engine made. */
  close(): void;
}

/** Makes an engine. */
export function createEngine(options: EngineOptions = {}): Engine {
  const backend = selectBackend(options.backend);
  const instances = new Set<WeakRef<Instance>>();
  const track = (instance: Instance): Instance => {
    instances.add(new WeakRef(instance));
    return instance;
  };
  return {
    async load(bytes, { name } = {}) {
      const compiled = await compileComponent(bytes);
      return pluginFrom(compiled, name, (given) =>
        track(
          new Instance(compiled, {
            plugin: name,
            backend,
            imports: { ...options.imports, ...given?.imports },
          }),
        ),
      );
    },
    close() {
      for (const instance of instances) instance.deref()?.close();
      instances.clear();
    },
  };
}

function pluginFrom(
  compiled: CompiledComponent,
  name: string | undefined,
  instantiate: (options?: InstantiateOptions) => Instance,
): Plugin {
  return { name, size: compiled.size, instantiate };
}

function selectBackend(wanted: Backend['name'] | undefined): Backend {
  if (wanted === 'composed') return COMPOSED;
  if (wanted === 'generated' || canGenerate()) return GENERATED;
  return COMPOSED;
}
