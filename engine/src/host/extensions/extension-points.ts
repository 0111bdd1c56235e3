import { InterfaceNames } from '../../component/index.js';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import type { Clock } from '../../reload/index.js';
import { promised } from '../dependency-imports.js';
import type { DependencyLink, ManagedPlugin } from '../managed-plugin.js';
import { isServing } from '../plugin-state.js';
import { CallGraph } from './call-graph.js';
import type { ExtensionEvent, ExtensionOptions } from './extension-options.js';
import { ExtensionPoint, type Offer } from './extension-point.js';
import { Provider } from './provider.js';

/** The host, as far as extension points are concerned. */
interface Host {
  list(): ManagedPlugin[];
  settingsOf(id: string): { readonly priority?: number };
  /** Another object where they are others. */
  readonly settings: object;
}

/** Interfaces that a host gives itself. */
const OF_HOST = /^(?:wasi:[^/]*\/|wasm-plugin:abi\/(?:log|config|bus)(?:@|$))/;

/** The extension points of a host: who offers an interface, in which order, and who asks. */
export class ExtensionPoints {
  readonly #host: Host;
  readonly #clock: Clock;
  readonly #bounds: ExtensionOptions;
  readonly #onBreaker: (event: ExtensionEvent) => void;
  readonly #graph = new CallGraph();
  readonly #points = new Map<string, ExtensionPoint>();
  /** By plugin, then interface. */
  readonly #providers = new Map<string, Map<string, Provider>>();
  #offers = new Map<string, readonly Offer[]>();
  /** The settings that the order was made by. */
  #settings: object | undefined;

  constructor(
    host: Host,
    options: { clock: Clock; bounds: ExtensionOptions; onBreaker: (event: ExtensionEvent) => void },
  ) {
    this.#host = host;
    this.#clock = options.clock;
    this.#bounds = options.bounds;
    this.#onBreaker = options.onBreaker;
  }

  /** Finds the plugins anew that offer an interface: one has come, gone or become another. */
  look(): void {
    this.#offers.clear();
  }

  /** Asks a plugin again that was not asked: another version of it runs. */
  reset(plugin: string): void {
    for (const provider of this.#providers.get(plugin)?.values() ?? []) provider.reset();
  }

  /** Forgets a plugin that is unloaded. */
  forget(plugin: string): void {
    this.reset(plugin);
    this.#providers.delete(plugin);
  }

  /** Returns the point of an interface, whether a plugin offers it or not. */
  point(name: string): ExtensionPoint {
    let point = this.#points.get(name);
    if (point === undefined) {
      const offers = (): readonly Offer[] => this.#offersOf(name);
      point = new ExtensionPoint(name, { clock: this.#clock, bounds: this.#bounds, offers });
      this.#points.set(name, point);
    }
    return point;
  }

  /** Returns the imports of a plugin's extension points. */
  importsFor(
    plugin: ManagedPlugin,
    { manifest, calls }: { manifest: Manifest; calls: 'sync' | 'async' },
  ): Record<string, unknown> {
    const names = manifest.extensionPoints.filter((name) => !OF_HOST.test(name));
    return Object.fromEntries(names.map((name) => [name, this.point(name).importsFor(plugin, calls)]));
  }

  /**
   * Notes the calls of a plugin to its dependencies where they may lead back to it over an extension point, so that a cycle is
   * refused and not waited for.
   */
  watched(plugin: ManagedPlugin, dependency: ManagedPlugin, group: unknown): unknown {
    if (typeof group !== 'object' || group === null || !asks(dependency)) return group;
    const graph = this.#graph;
    const functions = new WeakMap<object, unknown>();
    return new Proxy(group, {
      get(target, key) {
        const value = (target as Record<PropertyKey, unknown>)[key];
        if (typeof value !== 'function' || isClass(value)) return value;
        let made = functions.get(value);
        if (made === undefined) {
          made = (...args: unknown[]) =>
            graph.call(plugin.name, dependency.name, () =>
              (value as (...given: unknown[]) => unknown)(...args),
            );
          functions.set(value, made);
        }
        return made;
      },
    });
  }

  #offersOf(name: string): readonly Offer[] {
    const { settings } = this.#host;
    if (settings !== this.#settings) {
      this.#settings = settings;
      this.#offers.clear();
    }
    let offers = this.#offers.get(name);
    if (offers === undefined) this.#offers.set(name, (offers = this.#find(name)));
    return offers;
  }

  #find(name: string): Offer[] {
    const priorityOf = ({ provider: { plugin } }: Offer): number =>
      this.#host.settingsOf(plugin.id).priority ?? 0;
    return this.#host
      .list()
      .flatMap((plugin) => {
        if (!isServing(plugin.state) || plugin.instance === undefined) return [];
        const key = offeredKey(plugin, name);
        if (key === undefined) return [];
        const isIdempotent = plugin.manifest.idempotent.some((promise) => isPromiseOf(promise, key));
        return [{ provider: this.#provider(plugin, name), key, isIdempotent }];
      })
      .sort((a, b) => priorityOf(b) - priorityOf(a));
  }

  #provider(plugin: ManagedPlugin, name: string): Provider {
    let providers = this.#providers.get(plugin.name);
    if (providers === undefined) this.#providers.set(plugin.name, (providers = new Map()));
    let provider = providers.get(name);
    if (provider?.plugin !== plugin) {
      const [clock, graph, bounds] = [this.#clock, this.#graph, this.#bounds];
      provider = new Provider(plugin, name, { clock, graph, bounds, onBreaker: this.#onBreaker });
      providers.set(name, provider);
    }
    return provider;
  }
}

/** Returns the export that is meant by an interface, if the manifest promises it. */
function offeredKey({ manifest, instance }: ManagedPlugin, name: string): string | undefined {
  const exported = new InterfaceNames(Object.keys(instance?.exports ?? {}));
  const names = manifest.interfaces.flatMap((promise) => promised(promise, exported));
  return new InterfaceNames(names).find(name);
}

function isPromiseOf(promise: string, key: string): boolean {
  return new InterfaceNames([key]).find(promise) !== undefined;
}

/** Returns whether a plugin, or one that it depends on, asks at an extension point. */
function asks({ manifest, dependencies }: ManagedPlugin): boolean {
  return (
    manifest.extensionPoints.length > 0 || dependencies.some(({ plugin }: DependencyLink) => asks(plugin))
  );
}

/** A class's `prototype` cannot be written, a function's can, and an arrow has none. */
function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}
