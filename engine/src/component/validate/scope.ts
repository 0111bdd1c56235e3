import type { CoreFuncType } from '../model.js';
import {
  growExtent,
  LEAF,
  type Progress,
  type Extent,
  type ResolvedComponent,
  type ResolvedCoreItem,
  type ResolvedCoreModule,
  type ResolvedExtern,
  type ResolvedFunc,
  type ResolvedInstance,
  type ResolvedResource,
  type ResolvedType,
  type Resource,
} from '../types/index.js';
import { NameContext } from './name-context.js';

/** The owner of a scope: an actual component, or the declaration of a type. */
export type ScopeKind = 'component' | 'component type' | 'instance type';

type CoreKind<K extends ResolvedCoreItem['kind']> = Extract<ResolvedCoreItem, { kind: K }>;

/** Modules, and components, that one component may have, as in wasmparser. */
const MAX_MODULES = 1000;

/** Instances, and core instances, that one component may have, as in wasmparser. */
const MAX_INSTANCES = 4096;

/** The index spaces of a component or of a component or instance type, as they grow definition by definition. */
export class Scope {
  readonly kind: ScopeKind;
  readonly outer: Scope | undefined;
  readonly progress: Progress;

  readonly coreTypes: (CoreFuncType | ResolvedCoreModule)[] = [];
  readonly coreFuncs: CoreFuncType[] = [];
  readonly coreTables: CoreKind<'table'>[] = [];
  readonly coreMemories: CoreKind<'memory'>[] = [];
  readonly coreGlobals: CoreKind<'global'>[] = [];
  readonly coreTags: CoreFuncType[] = [];
  readonly coreModules: ResolvedCoreModule[] = [];
  readonly coreInstances: ReadonlyMap<string, ResolvedCoreItem>[] = [];
  readonly types: ResolvedType[] = [];
  readonly funcs: ResolvedFunc[] = [];
  readonly instances: ResolvedInstance[] = [];
  readonly components: ResolvedComponent[] = [];

  readonly imports = new Map<string, ResolvedExtern>();
  readonly exports = new Map<string, ResolvedExtern>();
  /** Resources that came in by imports. */
  readonly importedResources = new Set<Resource>();
  /** Resources that come into being with each instance, and whether this component itself defined them. */
  readonly definedResources = new Map<Resource, 'local' | 'foreign'>();
  readonly importNames = new NameContext('import');
  readonly exportNames = new NameContext('export');
  /** The types that imports, or exports, may speak of since they have a name there. */
  readonly visibleToImports = new Set<ResolvedType>();
  readonly visibleToExports = new Set<ResolvedType>();
  hasStart = false;
  /** The extent of all that is imported and exported. */
  extent: Extent = LEAF;

  constructor(kind: ScopeKind, options: { outer: Scope | undefined; progress: Progress }) {
    this.kind = kind;
    this.outer = options.outer;
    this.progress = options.progress;
  }

  grow(extent: Extent): void {
    this.extent = growExtent(this.extent, extent, this.progress);
  }

  /** @throws {ModuleError} WP_MODULE_INVALID if there is no such item */
  at<T>(list: readonly T[], index: number, what: string): T {
    const item = list[index];
    if (item === undefined)
      throw this.progress.invalid(`unknown ${what} ${index}: ${what} index out of bounds`);
    return item;
  }

  typeAt(index: number): ResolvedType {
    return this.at(this.types, index, 'type');
  }

  funcTypeAt(index: number): ResolvedFunc {
    const type = this.typeAt(index);
    if (type.kind !== 'func') throw this.progress.invalid(`type index ${index} is not a function type`);
    return type;
  }

  resourceAt(index: number): ResolvedResource {
    const type = this.typeAt(index);
    if (type.kind !== 'resource') throw this.progress.invalid(`type index ${index} is not a resource type`);
    return type;
  }

  coreModuleTypeAt(index: number): ResolvedCoreModule {
    const type = this.at(this.coreTypes, index, 'core type');
    if (type.kind !== 'core-module')
      throw this.progress.invalid(`core type index ${index} is not a module type`);
    return type;
  }

  coreFuncAt(index: number): CoreFuncType {
    return this.at(this.coreFuncs, index, 'core function');
  }

  addCoreModule(type: ResolvedCoreModule): void {
    this.#limit(this.coreModules, MAX_MODULES, 'core modules');
    this.coreModules.push(type);
  }

  addCoreInstance(exports: ReadonlyMap<string, ResolvedCoreItem>): void {
    this.#limit(this.coreInstances, MAX_INSTANCES, 'core instances');
    this.coreInstances.push(exports);
  }

  addComponent(type: ResolvedComponent): void {
    this.#limit(this.components, MAX_MODULES, 'components');
    this.components.push(type);
  }

  addInstance(type: ResolvedInstance): void {
    this.#limit(this.instances, MAX_INSTANCES, 'instances');
    this.instances.push(type);
  }

  #limit(list: readonly unknown[], maximum: number, what: string): void {
    if (list.length >= maximum) throw this.progress.limit(`more than ${maximum} ${what} in one component`);
  }
}
