import type { Component, CoreModuleDefinition } from '../component/index.js';

/** Number of instances of each core module in one instance of a component. */
export interface InstantiationCounts {
  readonly counts: ReadonlyMap<CoreModuleDefinition, number>;
  /** True if some are instantiated that an alias or an import brings: the counts are too low then. */
  readonly isPartial: boolean;
}

/** Counts the instantiations of core modules in a component and those nested in it, without making any. */
export function countInstantiations(component: Component): InstantiationCounts {
  return countIn(component, new Map());
}

function countIn(component: Component, known: Map<Component, InstantiationCounts>): InstantiationCounts {
  const before = known.get(component);
  if (before !== undefined) return before;
  const counts = new Map<CoreModuleDefinition, number>();
  const modules: (CoreModuleDefinition | undefined)[] = [];
  const components: (Component | undefined)[] = [];
  let isPartial = false;
  const addFrom = (inner: Component | undefined): void => {
    const added = inner === undefined ? undefined : countIn(inner, known);
    isPartial ||= added?.isPartial ?? true;
    for (const [module, count] of added?.counts ?? []) counts.set(module, (counts.get(module) ?? 0) + count);
  };
  for (const definition of component.definitions) {
    switch (definition.kind) {
      case 'core-module':
        modules.push(definition);
        break;
      case 'component':
        components.push(definition.component);
        break;
      case 'import':
        if (definition.desc.kind === 'core-module') modules.push(undefined);
        if (definition.desc.kind === 'component') components.push(undefined);
        break;
      case 'alias':
        if (definition.sort === 'core-module') modules.push(undefined);
        if (definition.sort === 'component') components.push(undefined);
        break;
      case 'export':
        if (definition.item.sort === 'core-module') modules.push(modules[definition.item.index]);
        if (definition.item.sort === 'component') components.push(components[definition.item.index]);
        break;
      case 'core-instance': {
        if (definition.expression.kind !== 'instantiate') break;
        const module = modules[definition.expression.module];
        if (module === undefined) isPartial = true;
        else counts.set(module, (counts.get(module) ?? 0) + 1);
        break;
      }
      case 'instance':
        if (definition.expression.kind === 'instantiate')
          addFrom(components[definition.expression.component]);
        break;
      default:
    }
  }
  const found = { counts, isPartial };
  known.set(component, found);
  return found;
}
