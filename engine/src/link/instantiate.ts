import { AbiError, ModuleError, PluginError } from '@wasm-plugin/abi';
import {
  createContextSlot,
  InstanceContext,
  type Backend,
  type ResourceBinding,
  type ResourceOwner,
  type RootState,
} from '../canonical/index.js';
import type {
  AliasDefinition,
  Component,
  CoreInstanceDefinition,
  CoreModuleDefinition,
  Definition,
  InstanceDefinition,
  ResolvedItems,
  ResourceType as ResourceTypeAst,
} from '../component/index.js';
import { addCanon } from './canon.js';
import { LiftedFunc } from './component-func.js';
import { GivenImports, type HostImports } from './given-imports.js';
import { GuestBinding } from './guest-resource.js';
import { importFromHost } from './host-imports.js';
import type { LinkBudget } from './link-budget.js';
import { resolveType } from './resolve-type.js';
import { isForPromisesOnly, type CoreStart, type Steps } from './steps.js';
import {
  Scope,
  type ComponentClosure,
  type CoreExports,
  type InstanceExports,
  type Item,
  type RuntimeType,
} from './scope.js';

/** Options of `instantiate`. */
export interface LinkOptions {
  /** The compiled core modules of the component and those nested in it. */
  modules: ReadonlyMap<CoreModuleDefinition, WebAssembly.Module>;
  /** The types of its imports, as validation found them: the host's values are checked against them. */
  declared: ResolvedItems;
  imports: HostImports;
  backend: Backend;
  root: RootState;
  /** Bounds the work of linking. */
  budget: LinkBudget;
  /** Returns the name of the global in which a core module keeps the value of a thread, if it has one. */
  contextGlobalOf: (module: WebAssembly.Module) => string | undefined;
  /** Has an instance of a core module made, and gives its exports. */
  start: (start: CoreStart) => Steps<WebAssembly.Exports>;
}

/** Links and starts a component (specification: instantiation): definition after definition, in order. */
export function* instantiate(component: Component, options: LinkOptions): Steps<InstanceExports> {
  const given = new GivenImports(options.imports);
  try {
    return yield* new Linker(options).run({ component, scope: undefined }, undefined, (name, desc, scope) =>
      importFromHost({ name, desc, declared: options.declared.get(name) }, scope, given),
    );
  } catch (error) {
    throw PluginError.is(error) && error.instanceUsable ? error : options.root.fail(error);
  }
}

type Provide = (name: string, desc: Extract<Definition, { kind: 'import' }>['desc'], scope: Scope) => Item;

/** Most instances, of components and core modules, in one root: nested instantiations multiply. */
const MAX_INSTANCES = 10_000;

const users = new WeakMap<Component, boolean>();

/** Returns whether a component asks for the slots of threads. */
function usesContext(component: Component): boolean {
  let uses = users.get(component);
  if (uses === undefined) {
    uses = component.definitions.some(
      (each) =>
        each.kind === 'canon' && (each.canon.kind === 'context.get' || each.canon.kind === 'context.set'),
    );
    users.set(component, uses);
  }
  return uses;
}

class Linker {
  readonly #options: LinkOptions;
  #instances = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  *run(
    { component, scope: outer }: ComponentClosure,
    parent: InstanceContext | undefined,
    provide: Provide,
  ): Steps<InstanceExports> {
    const { budget, root } = this.#options;
    budget.enter();
    const context = new InstanceContext(root, parent);
    if (usesContext(component)) context.slot = createContextSlot();
    const scope = new Scope(outer, context);
    const exports: InstanceExports = new Map();
    for (const definition of component.definitions) {
      budget.define();
      if (definition.kind === 'core-instance') {
        this.#count(definition.at);
        scope.add('core-instance', yield* this.#coreInstance(definition, scope));
      } else if (definition.kind === 'instance') {
        this.#count(definition.at);
        scope.add('instance', yield* this.#instance(definition, scope));
      } else this.#define(definition, scope, exports, provide);
    }
    return exports;
  }

  #define(definition: Definition, scope: Scope, exports: InstanceExports, provide: Provide): void {
    switch (definition.kind) {
      case 'core-module':
        scope.add('core-module', this.#options.modules.get(definition) as WebAssembly.Module);
        return;
      case 'core-type':
        scope.add('core-type', undefined);
        return;
      case 'component':
        scope.add('component', { component: definition.component, scope });
        return;
      case 'alias':
        addAlias(definition, scope);
        return;
      case 'type':
        scope.add(
          'type',
          definition.type.kind === 'resource'
            ? defineResource(definition.type, scope)
            : resolveType(definition.type, scope),
        );
        return;
      case 'canon':
        addCanon(definition.canon, scope, this.#options.backend);
        return;
      case 'import':
        scope.addItem(provide(definition.name, definition.desc, scope));
        return;
      case 'export': {
        const item = scope.item(definition.item.sort, definition.item.index);
        if (item.value instanceof LiftedFunc) item.value.name = definition.name;
        if (item.sort === 'type' && item.value.kind === 'resource')
          nameResource(item.value.resource.binding, definition.name);
        exports.set(definition.name, item);
        scope.addItem(item);
        return;
      }
      case 'start':
        scope.get('func', definition.func).host()();
        return;
      default:
    }
  }

  #count(offset: number): void {
    if (++this.#instances <= MAX_INSTANCES) return;
    throw new ModuleError('WP_MODULE_LIMIT', `it makes more than ${MAX_INSTANCES} instances`, { offset });
  }

  *#coreInstance({ expression }: CoreInstanceDefinition, scope: Scope): Steps<CoreExports> {
    if (expression.kind === 'exports') {
      const exports = Object.create(null) as CoreExports;
      for (const { name, sort, index } of expression.exports) {
        exports[name] = scope.get(sort, index) as WebAssembly.ExportValue;
      }
      return exports;
    }
    const imports = Object.create(null) as WebAssembly.Imports;
    for (const { name, instance } of expression.args) imports[name] = scope.get('core-instance', instance);
    const { budget, contextGlobalOf, start } = this.#options;
    const module = scope.get('core-module', expression.module);
    try {
      const exports = yield* start({ module, imports });
      const global = contextGlobalOf(module);
      // Nobody else uses the slot: see `contextBindings`.
      if (global !== undefined) scope.context.slot = createContextSlot(exports[global] as WebAssembly.Global);
      budget.look();
      return exports;
    } catch (error) {
      throw this.#linkError(error);
    }
  }

  #linkError(error: unknown): unknown {
    const { plugin } = this.#options.root;
    if (isForPromisesOnly(error)) {
      const remedy = 'it is too large for the main thread of a page; use "instantiateAsync", or a worker';
      return new PluginError('WP_LINK', `Cannot link a core module: ${remedy}`, { plugin, cause: error });
    }
    if (!(error instanceof WebAssembly.LinkError || error instanceof TypeError)) return error;
    return new PluginError('WP_LINK', `Cannot link a core module: ${error.message}`, {
      plugin,
      cause: error,
    });
  }

  *#instance({ expression }: InstanceDefinition, scope: Scope): Steps<InstanceExports> {
    if (expression.kind === 'exports') {
      const { exports } = expression;
      return new Map(exports.map(({ name, sort, index }) => [name, scope.item(sort, index)]));
    }
    const args = new Map(expression.args.map(({ name, sort, index }) => [name, scope.item(sort, index)]));
    return yield* this.run(scope.get('component', expression.component), scope.context, (name) => {
      const item = args.get(name);
      if (item === undefined)
        throw new AbiError('WP_IMPORT_MISSING', `Cannot instantiate: no argument "${name}"`);
      return item;
    });
  }
}

function addAlias({ sort, target }: AliasDefinition, scope: Scope): void {
  switch (target.kind) {
    case 'outer':
      scope.addItem(scope.outer(target.count).item(sort, target.index));
      return;
    case 'export':
      scope.addItem(scope.get('instance', target.instance).get(target.name) as Item);
      return;
    default:
      scope.add(
        sort as 'core-func',
        scope.get('core-instance', target.instance)[target.name] as WebAssembly.ExportValue,
      );
  }
}

function defineResource(type: ResourceTypeAst, scope: Scope): RuntimeType {
  const { context } = scope;
  const core =
    type.destructor === undefined
      ? undefined
      : (scope.get('core-func', type.destructor) as unknown as (rep: number) => void);
  const fresh = core && (context.slot?.freshDestructor(core) ?? core);
  const destructor =
    fresh && ((rep: number, from?: ResourceOwner): void => runDestructor(fresh, rep, context, from));
  return { kind: 'resource', resource: new GuestBinding(context, destructor).type };
}

/** Runs a destructor in the instance that defines the resource; from anywhere else that must be entered first. */
function runDestructor(
  core: (rep: number) => void,
  rep: number,
  context: InstanceContext,
  from?: ResourceOwner,
): void {
  if (from === context) {
    core(rep);
    return;
  }
  context.begin();
  core(rep);
  context.end();
}

function nameResource(binding: ResourceBinding, name: string): void {
  if (binding instanceof GuestBinding && binding.type.name === 'resource') binding.rename(name);
}
