import type { DependencyLink } from './managed-plugin.js';

/** Interfaces that only a host gives. */
const RESERVED = /^(?:wasm-plugin:abi|wasi:[^/]*)\//;

/**
 * Gives the interfaces that dependencies promise in their manifests, as imports. They are the stable exports: a
 * dependency can be reloaded without its dependents noticing.
 */
export function dependencyImports(dependencies: readonly DependencyLink[]): Record<string, unknown> {
  const imports: Record<string, unknown> = {};
  for (const { plugin: dependency } of dependencies) {
    for (const name of dependency.manifest.interfaces) {
      if (RESERVED.test(name)) continue;
      const given = dependency.exports[name];
      if (given !== undefined) imports[name] = given;
    }
  }
  return imports;
}
