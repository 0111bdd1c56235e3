import type { Declaration, Type } from '../model.js';
import type { ResolvedInstance, ResolvedType } from '../types/index.js';
import { addAlias } from './alias.js';
import { resolveCoreType } from './core-type.js';
import { addExport, addImport, newResource, resolveExternDesc } from './extern.js';
import { componentTypeOf } from './finish.js';
import { Scope } from './scope.js';
import { resolveDefinedType, resolveFuncType } from './value-type.js';

/**
 * Resolves a type and gives it the next index.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function addType(type: Type, scope: Scope): void {
  scope.types.push(resolveType(type, scope));
}

function resolveType(type: Type, scope: Scope): ResolvedType {
  const { progress } = scope;
  switch (type.kind) {
    case 'func':
      return resolveFuncType(type, scope);
    case 'component': {
      const inner = new Scope('component type', { outer: scope, progress });
      addDeclarations(type.declarations, inner);
      return componentTypeOf(inner);
    }
    case 'instance': {
      const inner = new Scope('instance type', { outer: scope, progress });
      addDeclarations(type.declarations, inner);
      return instanceTypeOf(inner);
    }
    case 'resource':
      return resolveResource(type.destructor, scope);
    default:
      return resolveDefinedType(type, scope);
  }
}

function resolveResource(destructor: number | undefined, scope: Scope): ResolvedType {
  const { progress } = scope;
  if (scope.kind !== 'component') {
    throw progress.invalid('resources can only be defined within a concrete component');
  }
  if (destructor !== undefined) {
    const func = scope.coreFuncAt(destructor);
    if (func.params.join() !== 'i32' || func.results.length > 0) {
      throw progress.invalid(`core function ${destructor} has wrong signature for a destructor`);
    }
  }
  const type = newResource();
  scope.definedResources.set(type.resource, 'local');
  return type;
}

function instanceTypeOf(scope: Scope): ResolvedInstance {
  const bound = new Set(scope.definedResources.keys());
  return { kind: 'instance', exports: scope.exports, bound, extent: scope.extent };
}

function addDeclarations(declarations: readonly Declaration[], scope: Scope): void {
  const { progress } = scope;
  for (const declaration of declarations) {
    progress.at = declaration.at;
    switch (declaration.kind) {
      case 'core-type':
        scope.coreTypes.push(resolveCoreType(declaration.type, scope));
        break;
      case 'type':
        addType(declaration.type, scope);
        break;
      case 'alias':
        addAlias(declaration, scope);
        break;
      case 'import-declaration':
        addImport(declaration, {
          scope,
          item: resolveExternDesc(declaration.desc, { scope, name: declaration.name }),
        });
        break;
      case 'export-declaration':
        addExport(declaration, {
          scope,
          item: resolveExternDesc(declaration.desc, { scope, name: declaration.name }),
        });
        break;
    }
  }
}
