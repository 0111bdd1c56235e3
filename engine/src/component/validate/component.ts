import type { CoreModule } from '../../module/index.js';
import { decodeCoreModule, inCoreModule, resolveCoreModule } from '../core/index.js';
import type { Component, CoreModuleDefinition, Definition, ExportDefinition } from '../model.js';
import {
  describeMismatch,
  Matcher,
  Progress,
  type Find,
  type ResolvedComponent,
  type ResolvedExtern,
} from '../types/index.js';
import { addAlias } from './alias.js';
import { addCanon } from './canon.js';
import { addCoreInstance } from './core-instance.js';
import { resolveCoreType } from './core-type.js';
import { addExport, addImport, resolveExternDesc } from './extern.js';
import { componentTypeOf } from './finish.js';
import { addInstance, itemAt } from './instance.js';
import { Scope } from './scope.js';
import { addStart } from './start.js';
import { addType } from './type.js';

/** Options of `validateComponent`. */
export interface ValidateOptions {
  /**
   * True to validate the code of core modules too, by the JavaScript engine. Compiling them does it anyway.
   * @default false
   */
  code?: boolean;
  /** Collects the decoded core modules for later steps. */
  modules?: Map<CoreModuleDefinition, CoreModule>;
}

interface Context {
  progress: Progress;
  matcher: Matcher;
  code: boolean;
  modules: Map<CoreModuleDefinition, CoreModule> | undefined;
}

/**
 * Checks a decoded component by every rule of the component model for Preview 2, and returns its type: its imports and exports,
 * all resolved.
 *
 * It does not check the code of core modules, unless asked to: the engine that compiles them does.
 * @throws {ModuleError} WP_MODULE_INVALID if it breaks a rule
 * @throws {ModuleError} WP_MODULE_MALFORMED if a core module in it is malformed
 * @throws {ModuleError} WP_MODULE_UNSUPPORTED for features beyond Preview 2, by name
 * @throws {ModuleError} WP_MODULE_LIMIT if its types are too large, too deep, or take too long to compare
 */
export function validateComponent(component: Component, options: ValidateOptions = {}): ResolvedComponent {
  const progress = new Progress(component.end - component.start);
  const { code = false, modules } = options;
  const context: Context = { progress, matcher: new Matcher(progress), code, modules };
  return resolveComponent(component, { ...context, outer: undefined });
}

function resolveComponent(
  component: Component,
  context: Context & { outer: Scope | undefined },
): ResolvedComponent {
  const { progress } = context;
  const scope = new Scope('component', { outer: context.outer, progress });
  for (const definition of component.definitions) {
    progress.at = definition.at;
    progress.section = definition.kind;
    addDefinition(definition, { ...context, scope });
  }
  progress.at = component.end;
  progress.section = undefined;
  return componentTypeOf(scope);
}

function addDefinition(definition: Definition, context: Context & { scope: Scope }): void {
  const { scope } = context;
  switch (definition.kind) {
    case 'custom':
      return;
    case 'core-module':
      addCoreModule(definition, context);
      return;
    case 'core-instance':
      addCoreInstance(definition, scope);
      return;
    case 'core-type':
      scope.coreTypes.push(resolveCoreType(definition.type, scope));
      return;
    case 'component':
      scope.addComponent(resolveComponent(definition.component, { ...context, outer: scope }));
      return;
    case 'instance':
      addInstance(definition, context);
      return;
    case 'alias':
      addAlias(definition, scope);
      return;
    case 'type':
      addType(definition.type, scope);
      return;
    case 'canon':
      addCanon(definition.canon, scope);
      return;
    case 'start':
      addStart(definition, scope);
      return;
    case 'import': {
      const item = resolveExternDesc(definition.desc, { scope, name: definition.name });
      addImport(definition, { scope, item });
      return;
    }
    case 'export':
      addExport(definition, { scope, item: exportedItem(definition, context) });
      return;
    case 'value':
      throw scope.progress.unsupported('the definition of a value');
  }
}

function addCoreModule(definition: CoreModuleDefinition, context: Context & { scope: Scope }): void {
  const { scope, code, modules, progress } = context;
  const module = decodeCoreModule(definition);
  modules?.set(definition, module);
  scope.addCoreModule(inCoreModule(definition, () => resolveCoreModule(module)));
  if (code && !WebAssembly.validate(definition.bytes as Uint8Array<ArrayBuffer>)) {
    throw progress.invalid('the core module does not validate');
  }
}

/** Returns the exported item, under the type that is ascribed to it if one is. */
function exportedItem(definition: ExportDefinition, context: Context & { scope: Scope }): ResolvedExtern {
  const { scope, matcher, progress } = context;
  const actual = itemAt(definition.item, scope);
  if (definition.desc === undefined) {
    // A type gets a name of its own by being exported.
    return actual.kind === 'type' ? { kind: 'type', type: { ...actual.type }, of: actual.of } : actual;
  }
  const { name } = definition;
  const ascribed = resolveExternDesc(definition.desc, { scope, name });
  const find: Find = () => actual;
  const { mismatches } = matcher.open(find, {
    items: new Map([[name, ascribed]]),
    resources: openResources(ascribed),
  });
  const mismatch = mismatches.get(name);
  if (mismatch === undefined) return ascribed;
  throw progress.invalid(
    `ascribed type of export is not compatible with item's type: ${describeMismatch(mismatch)}`,
  );
}

function openResources(item: ResolvedExtern): ReadonlySet<{ label: string }> {
  if (item.kind === 'instance') return item.type.bound;
  if (item.kind === 'type' && item.type === item.of && item.type.kind === 'resource') {
    return new Set([item.type.resource]);
  }
  return new Set();
}
