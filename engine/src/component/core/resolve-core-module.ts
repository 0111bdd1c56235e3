import { ModuleError, printable } from '@wasm-plugin/abi';
import {
  functionTypeAt,
  indexModule,
  type CoreModule,
  type Export,
  type GlobalType,
  type ImportedItem,
  type ModuleIndex,
} from '../../module/index.js';
import type { CoreExternType, CoreFuncType } from '../model.js';
import { coreItemSize, type ResolvedCoreItem, type ResolvedCoreModule } from '../types/index.js';
import {
  coreExternTypeFrom,
  coreFuncTypeFrom,
  globalTypeFrom,
  memoryTypeFrom,
  tableTypeFrom,
} from './core-types.js';
import { limitsProblem } from './limits.js';
import { isConcreteReference } from './value-type-text.js';

/**
 * Returns the type of a decoded core module: its imports and exports, with the types that they name resolved.
 *
 * Checks the rules that the component model relies on: indices of types and exports, sizes, and unique names. The engine that
 * compiles the module checks code, data and elements.
 * @throws {ModuleError} WP_MODULE_INVALID; WP_MODULE_UNSUPPORTED for an import or export with a reference to a type of the
 * module's own, which means nothing outside of it
 */
export function resolveCoreModule(module: CoreModule): ResolvedCoreModule {
  return new CoreModuleResolver(module).resolve();
}

class CoreModuleResolver {
  readonly #module: CoreModule;
  readonly #index: ModuleIndex;
  readonly #globals: readonly GlobalType[];
  /** The type indices of the tags, imported ones first. */
  readonly #tags: readonly number[];
  /** By index: function types that were resolved already, as many functions share one. */
  readonly #functionTypes = new Map<number, CoreFuncType>();
  /** The section of the item that is being resolved. */
  #section = 'import';

  constructor(module: CoreModule) {
    const imported = module.imports.map(({ item }) => item);
    this.#module = module;
    this.#index = indexModule(module);
    this.#globals = [
      ...imported.flatMap((item) => (item.kind === 'global' ? [item.global] : [])),
      ...module.globals,
    ];
    this.#tags = [...imported.flatMap((item) => (item.kind === 'tag' ? [item.type] : [])), ...module.tags];
  }

  resolve(): ResolvedCoreModule {
    const imports = this.#imports();
    this.#checkDefinitions();
    const exports = this.#exports();
    let size = 1;
    for (const items of imports.values()) for (const item of items.values()) size += coreItemSize(item);
    for (const item of exports.values()) size += coreItemSize(item);
    return { kind: 'core-module', imports, exports, extent: { size, depth: 1 } };
  }

  #imports(): ResolvedCoreModule['imports'] {
    const imports = new Map<string, Map<string, ResolvedCoreItem>>();
    for (const { module, name, item } of this.#module.imports) {
      let items = imports.get(module);
      if (items === undefined) imports.set(module, (items = new Map()));
      if (items.has(name)) throw this.#invalid(`duplicate import name \`${module}:${name}\``);
      items.set(name, this.#imported(item));
    }
    return imports;
  }

  #exports(): ResolvedCoreModule['exports'] {
    this.#section = 'export';
    const exports = new Map<string, ResolvedCoreItem>();
    for (const entry of this.#module.exports) {
      const { name } = entry;
      if (exports.has(name)) throw this.#invalid(`export name \`${name}\` already defined`);
      exports.set(name, this.#exported(entry));
    }
    return exports;
  }

  /** Checks the types and sizes of the module's definitions, exported or not. */
  #checkDefinitions(): void {
    const { functions, tables, memories } = this.#module;
    this.#section = 'function';
    for (const type of functions) {
      if (type >= this.#index.types.length) throw this.#unknown('type', type);
    }
    this.#section = 'table';
    for (const table of tables) this.#checkLimits(tableTypeFrom(table));
    this.#section = 'memory';
    for (const limits of memories) this.#checkLimits(memoryTypeFrom(limits));
  }

  #imported(item: ImportedItem): ResolvedCoreItem {
    const type = coreExternTypeFrom(item);
    if (type.kind === 'func' || type.kind === 'tag') return this.#ofType(type.kind, type.type);
    this.#checkLimits(type);
    return this.#portable(type);
  }

  #exported({ kind, index }: Export): ResolvedCoreItem {
    const { functionTypes, tables, memories } = this.#index;
    switch (kind) {
      case 'func':
        return this.#ofType('func', this.#at(functionTypes, index, 'function'));
      case 'table':
        return this.#portable(tableTypeFrom(this.#at(tables, index, 'table')));
      case 'memory':
        return memoryTypeFrom(this.#at(memories, index, 'memory'));
      case 'global':
        return this.#portable(globalTypeFrom(this.#at(this.#globals, index, 'global')));
      case 'tag':
        return this.#ofType('tag', this.#at(this.#tags, index, 'tag'));
    }
  }

  #ofType(kind: 'func' | 'tag', index: number): ResolvedCoreItem {
    let type = this.#functionTypes.get(index);
    if (type === undefined) {
      if (index >= this.#index.types.length) throw this.#unknown('type', index);
      const found = functionTypeAt(this.#index, index);
      if (found === undefined) throw this.#invalid(`type index ${index} is not a function type`);
      type = coreFuncTypeFrom(found);
      this.#refuseConcrete([...type.params, ...type.results]);
      this.#functionTypes.set(index, type);
    }
    return { kind, type };
  }

  /** Refuses references to types by index: outside of the module they mean nothing. */
  #portable(item: ResolvedCoreItem): ResolvedCoreItem {
    if (item.kind === 'table') this.#refuseConcrete([item.element]);
    if (item.kind === 'global') this.#refuseConcrete([item.type]);
    return item;
  }

  #refuseConcrete(types: readonly string[]): void {
    if (!types.some(isConcreteReference)) return;
    const reason = 'a core import or export with a reference to a defined type is not supported';
    throw new ModuleError('WP_MODULE_UNSUPPORTED', reason, { offset: 0, section: this.#section });
  }

  #at<T>(items: readonly T[], index: number, what: string): T {
    const item = items[index];
    if (item === undefined) throw this.#unknown(what, index);
    return item;
  }

  #checkLimits(type: CoreExternType): void {
    const problem = limitsProblem(type);
    if (problem !== undefined) throw this.#invalid(problem);
  }

  #unknown(what: string, index: number): ModuleError {
    return this.#invalid(`unknown ${what} ${index}: ${what} index out of bounds`);
  }

  #invalid(reason: string): ModuleError {
    return new ModuleError('WP_MODULE_INVALID', printable(reason), { offset: 0, section: this.#section });
  }
}
