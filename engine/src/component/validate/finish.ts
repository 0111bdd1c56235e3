import {
  exportedResources,
  freeResources,
  typesOf,
  type ResolvedComponent,
  type Resource,
} from '../types/index.js';
import type { Scope } from './scope.js';

/**
 * Returns the type of a component once all of it was added, or of a component type.
 * @throws {ModuleError} WP_MODULE_INVALID if a resource shows where it may not
 */
export function componentTypeOf(scope: Scope): ResolvedComponent {
  const { progress, imports, exports } = scope;
  for (const resource of freeResources(typesOf(imports), progress)) {
    if (scope.definedResources.has(resource)) {
      throw progress.invalid(`local resource type found in imports: ${resource.label}`);
    }
  }
  const explicit = exportedResources(exports, progress);
  const bound = new Set<Resource>();
  for (const resource of freeResources(typesOf(exports), progress)) {
    if (!scope.definedResources.has(resource)) continue;
    if (!explicit.has(resource)) {
      throw progress.invalid(
        `local resource type found in export but not exported itself: ${resource.label}`,
      );
    }
    bound.add(resource);
  }
  return {
    kind: 'component',
    imports,
    exports,
    imported: scope.importedResources,
    bound,
    extent: scope.extent,
  };
}
