import type { AliasDefinition } from '../model.js';
import { describeExtern, freeResources, type ResolvedCoreItem } from '../types/index.js';
import { outerScope } from './core-type.js';
import { addItem } from './extern.js';
import type { Scope } from './scope.js';

/**
 * Adds an alias to the index space of its sort.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function addAlias(alias: AliasDefinition, scope: Scope): void {
  const { target } = alias;
  if (scope.kind !== 'component' && !isAllowedInTypes(alias)) {
    throw scope.progress.invalid(
      'aliases in a component or instance type may only refer to types or instances',
    );
  }
  switch (target.kind) {
    case 'export':
      addExportAlias(alias.sort, { ...target, scope });
      return;
    case 'core-export':
      addCoreExportAlias(alias.sort, { ...target, scope });
      return;
    case 'outer':
      addOuterAlias(alias.sort, { ...target, scope });
  }
}

function isAllowedInTypes({ sort, target }: AliasDefinition): boolean {
  if (target.kind === 'export') return sort === 'type' || sort === 'instance';
  return target.kind === 'outer' && (sort === 'type' || sort === 'core-type');
}

function addExportAlias(
  sort: AliasDefinition['sort'],
  target: { instance: number; name: string; scope: Scope },
): void {
  const { instance, name, scope } = target;
  const { progress } = scope;
  if (sort === 'value') throw progress.unsupported('the alias of a value');
  const item = scope.at(scope.instances, instance, 'instance').exports.get(name);
  if (item === undefined) throw progress.invalid(`instance ${instance} has no export named \`${name}\``);
  if (item.kind !== sort) {
    throw progress.invalid(
      `export \`${name}\` for instance ${instance} is not a ${sort === 'core-module' ? 'module' : sort}, but a ${describeExtern(item)}`,
    );
  }
  addItem(item, scope);
}

function addCoreExportAlias(
  sort: AliasDefinition['sort'],
  target: { instance: number; name: string; scope: Scope },
): void {
  const { instance, name, scope } = target;
  const item = scope.at(scope.coreInstances, instance, 'core instance').get(name);
  if (item === undefined) {
    throw scope.progress.invalid(`core instance ${instance} has no export named \`${name}\``);
  }
  if (`core-${item.kind}` !== sort) {
    const wanted = sort.replace('core-', '');
    throw scope.progress.invalid(`export \`${name}\` for core instance ${instance} is not a ${wanted}`);
  }
  addCoreItem(item, scope);
}

function addCoreItem(item: ResolvedCoreItem, scope: Scope): void {
  switch (item.kind) {
    case 'func':
      scope.coreFuncs.push(item.type);
      return;
    case 'table':
      scope.coreTables.push(item);
      return;
    case 'memory':
      scope.coreMemories.push(item);
      return;
    case 'global':
      scope.coreGlobals.push(item);
      return;
    case 'tag':
      scope.coreTags.push(item.type);
  }
}

function addOuterAlias(
  sort: AliasDefinition['sort'],
  target: { count: number; index: number; scope: Scope },
): void {
  const { count, index, scope } = target;
  const outer = outerScope(scope, count);
  switch (sort) {
    case 'core-module':
      scope.addCoreModule(scope.at(outer.coreModules, index, 'module'));
      return;
    case 'core-type':
      scope.coreTypes.push(scope.at(outer.coreTypes, index, 'core type'));
      return;
    case 'component':
      scope.addComponent(scope.at(outer.components, index, 'component'));
      return;
    case 'type': {
      const type = scope.at(outer.types, index, 'type');
      if (crossesComponent(scope, outer) && freeResources([type], scope.progress).size > 0) {
        throw scope.progress.invalid(
          'cannot alias outer type which transitively refers to resources not defined in the current component',
        );
      }
      scope.types.push(type);
      return;
    }
    default:
      throw scope.progress.invalid(`an outer alias cannot refer to a ${sort}`);
  }
}

/** Returns true if a component lies between the two: each must stay a unit that can be taken out of its surroundings. */
function crossesComponent(from: Scope, to: Scope): boolean {
  for (let scope: Scope | undefined = from; scope !== undefined && scope !== to; scope = scope.outer) {
    if (scope.kind === 'component') return true;
  }
  return false;
}
