import type { CoreModule, Export, SizeLimits } from '../module/index.js';
import { privatePrefix } from './private-names.js';

const PAGE_BYTES = 65_536;

/** The sizes of the memories and tables that a module defines, and the exports to read them by. */
export interface ExposedSizes {
  /** Bytes of all memories at the start. */
  readonly leastBytes: number;
  /** Elements of all tables at the start. */
  readonly leastElements: number;
  /** Bytes of the memories that cannot grow. */
  readonly fixedBytes: number;
  /** Elements of the tables that cannot grow. */
  readonly fixedElements: number;
  /** The names under which the others are exported. */
  readonly memories: readonly string[];
  readonly tables: readonly string[];
}

/**
 * A pass that exports, under private names, the memories and tables that a module defines, can grow, and does not export
 * itself.
 */
export function exposeSizes(module: CoreModule): { module: CoreModule; sizes: ExposedSizes } {
  const added: Export[] = [];
  const exported = new Map(module.exports.map((entry) => [`${entry.kind} ${entry.index}`, entry]));
  const prefix = privatePrefix(module);
  const namesOf = (kind: 'memory' | 'table', all: readonly SizeLimits[]): string[] => {
    const imported = module.imports.filter(({ item }) => item.kind === kind).length;
    return all.flatMap((limits, at) => {
      if (!grows(limits)) return [];
      const index = imported + at;
      const known = exported.get(`${kind} ${index}`);
      const entry = known ?? { name: `${prefix}${kind}${index}`, kind, index };
      if (known === undefined) added.push(entry);
      return [entry.name];
    });
  };
  const tables = module.tables.map(({ limits }) => limits);
  const sizes = {
    leastBytes: least(module.memories) * PAGE_BYTES,
    leastElements: least(tables),
    fixedBytes: least(module.memories.filter((limits) => !grows(limits))) * PAGE_BYTES,
    fixedElements: least(tables.filter((limits) => !grows(limits))),
    memories: namesOf('memory', module.memories),
    tables: namesOf('table', tables),
  };
  return {
    module: added.length === 0 ? module : { ...module, exports: [...module.exports, ...added] },
    sizes,
  };
}

function grows({ minimum, maximum }: SizeLimits): boolean {
  return minimum !== maximum;
}

function least(all: readonly SizeLimits[]): number {
  return all.reduce((sum, limits) => sum + Number(limits.minimum), 0);
}
