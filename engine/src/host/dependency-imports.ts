import { InterfaceNames } from '../component/index.js';
import type { DependencyLink, ManagedPlugin } from './managed-plugin.js';

/** Interfaces that only a host gives. */
const RESERVED = /^(?:wasm-plugin:abi|wasi:[^/]*)\//;

/**
 * Returns the interfaces that dependencies promise in their manifests, as imports under the names that they export them by. A
 * promise without a version is one of every version that is exported. They are the stable exports: a dependency can be
 * reloaded without its dependents noticing.
 * @param watched returns an interface whose calls are noted
 */
export function dependencyImports(
  dependencies: readonly DependencyLink[],
  watched: (dependency: ManagedPlugin, group: unknown) => unknown,
): Record<string, unknown> {
  const imports: Record<string, unknown> = {};
  for (const { plugin: dependency } of dependencies) {
    const exported = new InterfaceNames(Object.keys(dependency.instance?.exports ?? {}));
    for (const promise of dependency.manifest.interfaces) {
      if (RESERVED.test(promise)) continue;
      for (const name of promised(promise, exported))
        imports[name] = watched(dependency, dependency.exports[name]);
    }
  }
  return imports;
}

/** Returns the exports that a promise of a manifest means; none if it is broken. */
export function promised(promise: string, exported: InterfaceNames): readonly string[] {
  if (!promise.includes('@')) return exported.versionsOf(promise);
  const found = exported.find(promise);
  return found === undefined ? [] : [found];
}
