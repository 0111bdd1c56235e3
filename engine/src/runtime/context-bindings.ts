import type { Component, CoreModuleDefinition } from '../component/index.js';
import type { ContextRole } from '../meter/index.js';
import type { InstantiationCounts } from './instantiation-counts.js';

/** Imports of a core module that are `context.get` and `context.set`: by the module that it imports from, and the name. */
export type ContextImports = ReadonlyMap<string, ReadonlyMap<string, ContextRole>>;

/** A core module that is instantiated with such functions; `undefined` for one that comes from elsewhere. */
interface User {
  definition: CoreModuleDefinition | undefined;
  imports: ContextImports;
}

/**
 * Finds the core modules that can keep the value of a thread in a global of their own: those that are instantiated once, in a
 * component of which no other core instance is given `context.get` or `context.set`.
 */
export function contextBindings(
  component: Component,
  { counts, isPartial }: InstantiationCounts,
): ReadonlyMap<CoreModuleDefinition, ContextImports> {
  const found = new Map<CoreModuleDefinition, ContextImports>();
  if (isPartial) return found;
  for (const each of withNested(component)) {
    const [user, another] = usersIn(each);
    if (user?.definition === undefined || another !== undefined) continue;
    if (counts.get(user.definition) === 1) found.set(user.definition, user.imports);
  }
  return found;
}

function withNested(component: Component): Component[] {
  const nested = component.definitions.flatMap((each) =>
    each.kind === 'component' ? withNested(each.component) : [],
  );
  return [component, ...nested];
}

/** The core instances of one component that are given such functions. */
function usersIn(component: Component): User[] {
  const users: User[] = [];
  const modules: (CoreModuleDefinition | undefined)[] = [];
  const functions: (ContextRole | undefined)[] = [];
  const instances: ReadonlyMap<string, ContextRole>[] = [];
  for (const definition of component.definitions) {
    switch (definition.kind) {
      case 'core-module':
        modules.push(definition);
        break;
      case 'canon':
        if (definition.canon.kind === 'context.get') functions.push('get');
        else if (definition.canon.kind === 'context.set') functions.push('set');
        else if (definition.canon.kind !== 'lift') functions.push(undefined);
        break;
      case 'alias': {
        const { sort, target } = definition;
        if (sort === 'core-module') modules.push(undefined);
        if (sort !== 'core-func') break;
        functions.push(
          target.kind === 'core-export' ? instances[target.instance]?.get(target.name) : undefined,
        );
        break;
      }
      case 'import':
        if (definition.desc.kind === 'core-module') modules.push(undefined);
        break;
      case 'export':
        if (definition.item.sort === 'core-module') modules.push(modules[definition.item.index]);
        break;
      case 'core-instance': {
        const { expression } = definition;
        if (expression.kind === 'exports') {
          instances.push(rolesOf(expression.exports, functions));
          break;
        }
        instances.push(new Map());
        const imports = new Map<string, ReadonlyMap<string, ContextRole>>();
        for (const { name, instance } of expression.args) {
          const roles = instances[instance];
          if (roles !== undefined && roles.size > 0) imports.set(name, roles);
        }
        if (imports.size > 0) users.push({ definition: modules[expression.module], imports });
        break;
      }
      default:
    }
  }
  return users;
}

function rolesOf(
  exports: readonly { name: string; sort: string; index: number }[],
  functions: readonly (ContextRole | undefined)[],
): ReadonlyMap<string, ContextRole> {
  const roles = new Map<string, ContextRole>();
  for (const { name, sort, index } of exports) {
    const role = sort === 'core-func' ? functions[index] : undefined;
    if (role !== undefined) roles.set(name, role);
  }
  return roles;
}
