import type { ExternDesc, ExternName } from '../model.js';
import {
  Substitution,
  type ResolvedExtern,
  type ResolvedInstance,
  type ResolvedResource,
  type Resource,
} from '../types/index.js';
import type { Scope } from './scope.js';
import { checkVisibility } from './visibility.js';

type Direction = 'import' | 'export';

/**
 * Resolves the type of an import or export.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED
 */
export function resolveExternDesc(desc: ExternDesc, context: { scope: Scope; name: string }): ResolvedExtern {
  const { scope, name } = context;
  const { progress } = scope;
  switch (desc.kind) {
    case 'core-module':
      return { kind: 'core-module', type: scope.coreModuleTypeAt(desc.type) };
    case 'func':
      return { kind: 'func', type: scope.funcTypeAt(desc.type) };
    case 'instance': {
      const type = scope.typeAt(desc.type);
      if (type.kind !== 'instance') throw progress.invalid(`type index ${desc.type} is not an instance type`);
      return { kind: 'instance', type };
    }
    case 'component': {
      const type = scope.typeAt(desc.type);
      if (type.kind !== 'component')
        throw progress.invalid(`type index ${desc.type} is not a component type`);
      return { kind: 'component', type };
    }
    case 'type-eq': {
      const of = scope.typeAt(desc.type);
      return { kind: 'type', type: { ...of }, of };
    }
    case 'type-sub-resource': {
      const type = newResource(name);
      return { kind: 'type', type, of: type };
    }
    case 'value':
    case 'value-eq':
      throw progress.unsupported('the import or export of a value');
  }
}

/** The label of a resource until it is exported under a name. */
const UNNAMED = '(unnamed)';

/** Makes a resource type that is no other. */
export function newResource(label = UNNAMED): ResolvedResource {
  return { kind: 'resource', resource: { label }, extent: { size: 1, depth: 1 } };
}

/**
 * Adds an import: its name, its item, and its index.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function addImport(name: ExternName, context: { item: ResolvedExtern; scope: Scope }): void {
  const { scope } = context;
  addNamed(name, { ...context, direction: 'import' });
  scope.progress.spend(1);
}

/**
 * Adds an export: its name, its item, and its index.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export function addExport(name: ExternName, context: { item: ResolvedExtern; scope: Scope }): void {
  addNamed(name, { ...context, direction: 'export' });
}

/** Adds an item to its index space, at the next index. */
export function addItem(item: ResolvedExtern, scope: Scope): void {
  switch (item.kind) {
    case 'core-module':
      scope.addCoreModule(item.type);
      return;
    case 'func':
      scope.funcs.push(item.type);
      return;
    case 'instance':
      scope.addInstance(item.type);
      return;
    case 'component':
      scope.addComponent(item.type);
      return;
    case 'type':
      scope.types.push(item.type);
      return;
  }
}

function addNamed(
  name: ExternName,
  context: { item: ResolvedExtern; scope: Scope; direction: Direction },
): void {
  const { scope, direction } = context;
  const item = introduce(context);
  addItem(item, scope);
  const names = direction === 'import' ? scope.importNames : scope.exportNames;
  if (item.kind === 'type' && item.type.kind === 'resource') {
    names.register(name.name, item.type);
    if (item.type.resource.label === UNNAMED) item.type.resource.label = name.name;
  }
  checkVisibility(item, { scope, direction });
  names.check(name, { type: item, progress: scope.progress });
  (direction === 'import' ? scope.imports : scope.exports).set(name.name, item);
  scope.grow(item.type.extent);
}

/** Brings in the resources that come with an import or export: they are others each time. */
function introduce(context: { item: ResolvedExtern; scope: Scope; direction: Direction }): ResolvedExtern {
  const { item, scope, direction } = context;
  const define = (resource: Resource): void => {
    if (direction === 'import') scope.importedResources.add(resource);
    else scope.definedResources.set(resource, 'foreign');
  };
  if (item.kind === 'type' && item.type === item.of && item.type.kind === 'resource')
    define(item.type.resource);
  if (item.kind !== 'instance' || item.type.bound.size === 0) return item;
  const substitution = new Substitution(scope.progress);
  for (const resource of item.type.bound) {
    const fresh = { label: resource.label };
    substitution.replaceResource(resource, fresh);
    define(fresh);
  }
  const type: ResolvedInstance = {
    kind: 'instance',
    exports: substitution.items(item.type.exports),
    bound: new Set(),
    extent: item.type.extent,
  };
  return { kind: 'instance', type };
}
