import type { IndexSpaces } from './instruction-cursor.js';
import type { CoreModule, ExportKind, FunctionType, SizeLimits, SubType, TableType } from './model.js';

/** The index spaces of a module: imports first, then its definitions. */
export interface ModuleIndex {
  /** Every type, recursion groups flattened. */
  readonly types: readonly SubType[];
  /** The type index of every function. */
  readonly functionTypes: readonly number[];
  readonly importedFunctions: number;
  readonly tables: readonly TableType[];
  readonly importedTables: number;
  readonly memories: readonly SizeLimits[];
  readonly importedMemories: number;
  readonly globals: number;
  /** The sizes of all spaces, for an `InstructionCursor`. */
  readonly spaces: IndexSpaces;
}

/** Builds the index spaces of a module. */
export function indexModule(module: CoreModule): ModuleIndex {
  const types = module.types.flatMap((group) => group.types);
  const functionTypes: number[] = [];
  const tables: TableType[] = [];
  const memories: SizeLimits[] = [];
  let globals = 0;
  let tags = 0;
  for (const { item } of module.imports) {
    if (item.kind === 'func') functionTypes.push(item.type);
    else if (item.kind === 'table') tables.push(item.table);
    else if (item.kind === 'memory') memories.push(item.limits);
    else if (item.kind === 'global') globals++;
    else tags++;
  }
  const importedFunctions = functionTypes.length;
  const importedTables = tables.length;
  const importedMemories = memories.length;
  for (const type of module.functions) functionTypes.push(type);
  for (const table of module.tables) tables.push(table);
  for (const limits of module.memories) memories.push(limits);
  globals += module.globals.length;
  tags += module.tags.length;
  const spaces = Uint32Array.of(
    functionTypes.length,
    tables.length,
    memories.length,
    globals,
    0,
    types.length,
    tags,
    module.dataCount ?? module.data.count,
    module.elements.length,
    0xffffffff,
    0xffffffff,
  );
  return {
    types,
    functionTypes,
    importedFunctions,
    tables,
    importedTables,
    memories,
    importedMemories,
    globals,
    spaces,
  };
}

/** Returns a function type by its index; `undefined` if that is no function type. */
export function functionTypeAt(index: ModuleIndex, type: number): FunctionType | undefined {
  const composite = index.types[type]?.composite;
  return composite?.kind === 'func' ? composite : undefined;
}

/** Returns true if the module exports the item. */
export function isExported(module: CoreModule, kind: ExportKind, index: number): boolean {
  return module.exports.some((entry) => entry.kind === kind && entry.index === index);
}
