import { isConcreteReference, limitsProblem } from '../core/index.js';
import type { CoreExternType, CoreFuncType, CoreModuleType, CoreType } from '../model.js';
import {
  coreItemSize,
  type Progress,
  type ResolvedCoreItem,
  type ResolvedCoreModule,
} from '../types/index.js';
import type { Scope } from './scope.js';

/** @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED */
export function resolveCoreType(type: CoreType, scope: Scope): CoreFuncType | ResolvedCoreModule {
  switch (type.kind) {
    case 'func':
      return checkFuncType(type, scope.progress);
    case 'module':
      return resolveModuleType(type, scope);
    default:
      throw scope.progress.unsupported(`the core ${type.kind} type`);
  }
}

function resolveModuleType(type: CoreModuleType, scope: Scope): ResolvedCoreModule {
  const { progress } = scope;
  const types: CoreFuncType[] = [];
  const imports = new Map<string, Map<string, ResolvedCoreItem>>();
  const exports = new Map<string, ResolvedCoreItem>();
  let size = 1;
  const measured = (item: ResolvedCoreItem): ResolvedCoreItem => {
    size += coreItemSize(item);
    return item;
  };
  for (const declaration of type.declarations) {
    switch (declaration.kind) {
      case 'type':
        if (declaration.type.kind !== 'func')
          throw progress.unsupported('a core type other than a function type');
        types.push(checkFuncType(declaration.type, progress));
        break;
      case 'alias':
        types.push(aliasedType(declaration, { types, scope }));
        break;
      case 'import': {
        const { module, name } = declaration;
        let items = imports.get(module);
        if (items === undefined) imports.set(module, (items = new Map()));
        if (items.has(name)) throw progress.invalid(`duplicate import name \`${module}:${name}\``);
        items.set(name, measured(resolveItem(declaration.type, { types, scope })));
        break;
      }
      case 'export':
        if (exports.has(declaration.name)) {
          throw progress.invalid(`export name \`${declaration.name}\` already defined`);
        }
        exports.set(declaration.name, measured(resolveItem(declaration.type, { types, scope })));
        break;
    }
  }
  return { kind: 'core-module', imports, exports, extent: { size, depth: 1 } };
}

function aliasedType(
  alias: { count: number; index: number },
  context: { types: readonly CoreFuncType[]; scope: Scope },
): CoreFuncType {
  const { types, scope } = context;
  if (alias.count === 0) return scope.at(types, alias.index, 'type');
  const outer = outerScope(scope, alias.count - 1);
  const type = scope.at(outer.coreTypes, alias.index, 'core type');
  if (type.kind !== 'func')
    throw scope.progress.unsupported('aliasing a core module type into a module type');
  return type;
}

/** @throws {ModuleError} WP_MODULE_INVALID if there are not that many scopes around */
export function outerScope(scope: Scope, count: number): Scope {
  let found: Scope | undefined = scope;
  for (let left = count; left > 0 && found !== undefined; left--) found = found.outer;
  if (found === undefined) throw scope.progress.invalid(`invalid outer alias count of ${count}`);
  return found;
}

function resolveItem(
  type: CoreExternType,
  context: { types: readonly CoreFuncType[]; scope: Scope },
): ResolvedCoreItem {
  const { types, scope } = context;
  const problem = limitsProblem(type);
  if (problem !== undefined) throw scope.progress.invalid(problem);
  if (type.kind === 'func' || type.kind === 'tag') {
    const func = scope.at(types, type.type, 'type');
    if (type.kind === 'tag' && func.results.length > 0) throw scope.progress.invalid('tag type has results');
    return { kind: type.kind, type: func };
  }
  const mentioned = type.kind === 'table' ? type.element : type.kind === 'global' ? type.type : '';
  return refuseConcrete(type, { mentioned: [mentioned], progress: scope.progress });
}

function checkFuncType(type: CoreFuncType, progress: Progress): CoreFuncType {
  return refuseConcrete(type, { mentioned: [...type.params, ...type.results], progress });
}

function refuseConcrete<T>(type: T, context: { mentioned: readonly string[]; progress: Progress }): T {
  if (context.mentioned.some(isConcreteReference)) {
    throw context.progress.unsupported('a core type with a reference to a defined type');
  }
  return type;
}
