import { ByteReader } from '../../binary/index.js';
import type { CoreExternType, CoreFuncType, CoreOtherType } from '../model.js';
import { coreItemSize, type Extent, type ResolvedCoreItem, type ResolvedCoreModule } from '../types/index.js';
import { skipConstExpr } from './const-expr.js';
import {
  readCoreExternType,
  readCoreGlobalType,
  readCoreMemoryType,
  readCoreTableType,
  readCoreTagType,
} from './extern-type.js';
import { limitsProblem } from './limits.js';
import { readCoreRecGroup } from './rec-group.js';
import { isConcreteReference } from './val-type.js';

/** The sections of a core module in the order they must stand in. Custom sections may stand anywhere. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

/** Types, imports, functions and so on that a core module may have, as many as JavaScript engines allow of each. */
const MAX_ITEMS = 1_000_000;

const NAMES: Record<number, string> = {
  0: 'core custom',
  1: 'core type',
  2: 'core import',
  3: 'core function',
  4: 'core table',
  5: 'core memory',
  6: 'core global',
  7: 'core export',
  8: 'core start',
  9: 'core element',
  10: 'core code',
  11: 'core data',
  12: 'core data count',
  13: 'core tag',
};

/**
 * Reads what a core module imports and exports. Code, data and elements are stepped over: whether they are valid is
 * left to the engine that compiles the module.
 *
 * @param options.origin - offset of the module from the start of the file
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED
 */
export function readCoreModuleType(bytes: Uint8Array, options: { origin: number }): ResolvedCoreModule {
  const reader = new ByteReader(bytes, {
    section: 'core module',
    origin: options.origin,
    items: { left: MAX_ITEMS },
  });
  return new CoreModuleReader().read(reader);
}

class CoreModuleReader {
  readonly #types: (CoreFuncType | CoreOtherType)[] = [];
  /** The type index of each function; those of imports first. */
  readonly #funcs: number[] = [];
  readonly #tables: ResolvedCoreItem[] = [];
  readonly #memories: ResolvedCoreItem[] = [];
  readonly #globals: ResolvedCoreItem[] = [];
  readonly #tags: number[] = [];
  readonly #imports = new Map<string, Map<string, ResolvedCoreItem>>();
  readonly #exports = new Map<string, ResolvedCoreItem>();
  /** Types that were looked through already: many functions share one. */
  readonly #seenPortable = new Set<object>();
  #size = 1;
  #declaredFuncs = 0;
  #bodies = 0;

  read(reader: ByteReader): ResolvedCoreModule {
    readPreamble(reader);
    let last = -1;
    while (!reader.done) {
      const start = reader.position;
      const id = reader.byte();
      const name = NAMES[id];
      if (name === undefined) throw reader.malformed(`malformed section id ${id}`, start);
      const content = reader.part(reader.u32(), name);
      if (id === 0) {
        content.name();
        continue;
      }
      const rank = ORDER.indexOf(id);
      if (rank <= last) throw reader.malformed(`section out of order: ${name}`, start);
      last = rank;
      if (this.#section(id, content)) content.finish();
    }
    if (this.#declaredFuncs !== this.#bodies) {
      throw reader.malformed('function and code section have inconsistent lengths');
    }
    const extent: Extent = { size: this.#size, depth: 1 };
    return { kind: 'core-module', imports: this.#imports, exports: this.#exports, extent };
  }

  /** Reads a section. Returns `false` if it was stepped over. */
  #section(id: number, content: ByteReader): boolean {
    switch (id) {
      case 1:
        for (let left = content.count(); left > 0; left--) {
          for (const type of readCoreRecGroup(content)) this.#types.push(type);
        }
        return true;
      case 2:
        for (let left = content.count(3); left > 0; left--) this.#import(content);
        return true;
      case 3:
        this.#declaredFuncs = content.count();
        for (let left = this.#declaredFuncs; left > 0; left--) this.#funcs.push(this.#typeIndex(content));
        return true;
      case 4:
        for (let left = content.count(3); left > 0; left--) this.#table(content);
        return true;
      case 5:
        for (let left = content.count(2); left > 0; left--) {
          this.#memories.push(checkLimits(readCoreMemoryType(content), content));
        }
        return true;
      case 6:
        for (let left = content.count(3); left > 0; left--) {
          this.#globals.push(readCoreGlobalType(content));
          skipConstExpr(content);
        }
        return true;
      case 7:
        for (let left = content.count(3); left > 0; left--) this.#export(content);
        return true;
      case 10:
        this.#bodies = content.u32();
        return false;
      case 13:
        for (let left = content.count(2); left > 0; left--) this.#tags.push(readCoreTagType(content).type);
        return true;
      default:
        return false;
    }
  }

  #import(content: ByteReader): void {
    const start = content.position;
    const module = content.name();
    const name = content.name();
    const type = checkLimits(readCoreExternType(content), content);
    let items = this.#imports.get(module);
    if (items === undefined) this.#imports.set(module, (items = new Map()));
    if (items.has(name)) throw content.invalid(`duplicate import name \`${module}:${name}\``, start);
    const item = this.#portable(this.#item(type, content), content);
    items.set(name, item);
    this.#size += coreItemSize(item);
    if (type.kind === 'func') this.#funcs.push(type.type);
    else if (type.kind === 'tag') this.#tags.push(type.type);
    else if (type.kind === 'table') this.#tables.push(type);
    else if (type.kind === 'memory') this.#memories.push(type);
    else this.#globals.push(type);
  }

  #table(content: ByteReader): void {
    const withInitializer = content.peek() === 0x40;
    if (withInitializer) {
      content.byte();
      content.zero('core table');
    }
    this.#tables.push(checkLimits(readCoreTableType(content), content));
    if (withInitializer) skipConstExpr(content);
  }

  #export(content: ByteReader): void {
    const start = content.position;
    const name = content.name();
    const kind = content.byte();
    const index = content.u32();
    const item = this.#itemAt(kind, { index, content });
    if (this.#exports.has(name)) throw content.invalid(`export name \`${name}\` already defined`, start);
    this.#exports.set(name, this.#portable(item, content));
    this.#size += coreItemSize(item);
  }

  #itemAt(kind: number, place: { index: number; content: ByteReader }): ResolvedCoreItem {
    const { index, content } = place;
    const found = <T>(list: readonly T[], what: string): T => {
      const item = list[index];
      if (item === undefined) throw content.invalid(`unknown ${what} ${index}: ${what} index out of bounds`);
      return item;
    };
    switch (kind) {
      case 0x00:
        return this.#item({ kind: 'func', type: found(this.#funcs, 'function') }, content);
      case 0x01:
        return found(this.#tables, 'table');
      case 0x02:
        return found(this.#memories, 'memory');
      case 0x03:
        return found(this.#globals, 'global');
      case 0x04:
        return this.#item({ kind: 'tag', type: found(this.#tags, 'tag') }, content);
      default:
        throw content.malformed(`invalid leading byte (0x${kind.toString(16)}) for core external kind`);
    }
  }

  #item(type: CoreExternType, content: ByteReader): ResolvedCoreItem {
    if (type.kind !== 'func' && type.kind !== 'tag') return type;
    const func = this.#types[type.type];
    if (func === undefined) throw content.invalid(`unknown type ${type.type}: type index out of bounds`);
    if (func.kind !== 'func') throw content.invalid(`type index ${type.type} is not a function type`);
    return { kind: type.kind, type: func };
  }

  /** Refuses references to types by index: outside of the module they mean nothing. */
  #portable(item: ResolvedCoreItem, content: ByteReader): ResolvedCoreItem {
    if (item.kind === 'memory') return item;
    const key = 'type' in item && typeof item.type === 'object' ? item.type : item;
    if (this.#seenPortable.has(key)) return item;
    this.#seenPortable.add(key);
    if (mentionedTypes(item).some(isConcreteReference)) {
      throw content.unsupported('a core import or export with a reference to a defined type');
    }
    return item;
  }

  #typeIndex(content: ByteReader): number {
    const index = content.u32();
    if (index >= this.#types.length) throw content.invalid(`unknown type ${index}: type index out of bounds`);
    return index;
  }
}

function readPreamble(reader: ByteReader): void {
  const expected = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const found = reader.take(8);
  if (expected.slice(0, 4).some((byte, index) => byte !== found[index])) {
    throw reader.malformed('magic header not detected', 0);
  }
  if (expected.some((byte, index) => byte !== found[index])) {
    throw reader.malformed('expected a version header for a module', 4);
  }
}

function checkLimits<T extends CoreExternType>(type: T, content: ByteReader): T {
  const problem = limitsProblem(type);
  if (problem !== undefined) throw content.invalid(problem);
  return type;
}

function mentionedTypes(item: Exclude<ResolvedCoreItem, { kind: 'memory' }>): string[] {
  switch (item.kind) {
    case 'table':
      return [item.element];
    case 'global':
      return [item.type];
    default:
      return [...item.type.params, ...item.type.results];
  }
}
