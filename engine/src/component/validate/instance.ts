import type { InstanceDefinition, NamedIndex, SortIndex } from '../model.js';
import {
  describeMismatch,
  extentOf,
  type Matcher,
  type ResolvedComponent,
  type ResolvedExtern,
  type ResolvedInstance,
} from '../types/index.js';
import { NameContext } from './name-context.js';
import type { Scope } from './scope.js';

/**
 * Adds an instance.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function addInstance(
  definition: InstanceDefinition,
  context: { scope: Scope; matcher: Matcher },
): void {
  const { expression } = definition;
  const { scope } = context;
  scope.addInstance(
    expression.kind === 'instantiate'
      ? instantiate(scope.at(scope.components, expression.component, 'component'), {
          args: expression.args,
          ...context,
        })
      : bagOf(expression.exports, scope),
  );
}

/** Returns the item at an index, as something to import or export. */
export function itemAt({ sort, index }: SortIndex, scope: Scope): ResolvedExtern {
  switch (sort) {
    case 'core-module':
      return { kind: 'core-module', type: scope.at(scope.coreModules, index, 'module') };
    case 'func':
      return { kind: 'func', type: scope.at(scope.funcs, index, 'function') };
    case 'instance':
      return { kind: 'instance', type: scope.at(scope.instances, index, 'instance') };
    case 'component':
      return { kind: 'component', type: scope.at(scope.components, index, 'component') };
    case 'type': {
      const type = scope.typeAt(index);
      return { kind: 'type', type, of: type };
    }
    case 'value':
      throw scope.progress.unsupported('the import or export of a value');
    default:
      throw scope.progress.invalid(`a component cannot import or export a ${sort}`);
  }
}

function instantiate(
  component: ResolvedComponent,
  context: { args: readonly NamedIndex[]; scope: Scope; matcher: Matcher },
): ResolvedInstance {
  const { args, scope, matcher } = context;
  const { progress } = scope;
  const given = new Map<string, ResolvedExtern>();
  for (const argument of args) {
    if (given.has(argument.name)) {
      throw progress.invalid(
        `instantiation argument \`${argument.name}\` conflicts with previous argument \`${argument.name}\``,
      );
    }
    given.set(argument.name, itemAt(argument, scope));
  }
  const { mismatches, substitution } = matcher.open((name) => given.get(name), {
    items: component.imports,
    resources: component.imported,
  });
  for (const [name, mismatch] of mismatches) {
    if (!given.has(name)) throw progress.invalid(`missing import named \`${name}\``);
    throw progress.invalid(`type mismatch for import \`${name}\`: ${describeMismatch(mismatch)}`);
  }
  for (const resource of component.bound) {
    const fresh = { label: resource.label };
    substitution.replaceResource(resource, fresh);
    scope.definedResources.set(fresh, 'foreign');
  }
  const exports = substitution.items(component.exports);
  return { kind: 'instance', exports, bound: new Set(), extent: extentOfItems(exports, scope) };
}

function bagOf(entries: InstanceDefinitionExports, scope: Scope): ResolvedInstance {
  const exports = new Map<string, ResolvedExtern>();
  // Nothing in a bag of exports takes an index, so no resource can have a name there.
  const names = new NameContext('export');
  for (const entry of entries) {
    const item = itemAt(entry, scope);
    names.check(entry, { type: item, progress: scope.progress });
    exports.set(entry.name, item);
  }
  return { kind: 'instance', exports, bound: new Set(), extent: extentOfItems(exports, scope) };
}

type InstanceDefinitionExports = readonly NamedIndex[];

function extentOfItems(items: ResolvedInstance['exports'], scope: Scope): ResolvedInstance['extent'] {
  return extentOf(
    [...items.values()].map((item) => item.type.extent),
    scope.progress,
  );
}
