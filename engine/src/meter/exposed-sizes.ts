import type { CoreModule, Export, SizeLimits } from '../module/index.js';
import { privatePrefix } from './private-names.js';

const PAGE_BYTES = 65_536;

/** How to learn what the memories and tables take that a module defines. */
export interface ExposedSizes {
  /** Bytes of the memories that cannot grow. */
  readonly fixedBytes: number;
  /** Elements of the tables that cannot grow. */
  readonly fixedElements: number;
  /** The names under which the others are exported. */
  readonly memories: readonly string[];
  readonly tables: readonly string[];
}

/** A pass that exports, under private names, what a module defines, can grow, and does not export itself. */
export function exposeSizes(module: CoreModule): { module: CoreModule; sizes: ExposedSizes } {
  const added: Export[] = [];
  const namesOf = (kind: 'memory' | 'table', all: readonly SizeLimits[]): string[] => {
    const imported = module.imports.filter(({ item }) => item.kind === kind).length;
    return all.flatMap((limits, at) => {
      if (!grows(limits)) return [];
      const index = imported + at;
      const known = module.exports.find((entry) => entry.kind === kind && entry.index === index);
      const entry = known ?? { name: `${privatePrefix(module)}${kind}${index}`, kind, index };
      if (known === undefined) added.push(entry);
      return [entry.name];
    });
  };
  const tables = module.tables.map(({ limits }) => limits);
  const sizes = {
    fixedBytes: fixed(module.memories) * PAGE_BYTES,
    fixedElements: fixed(tables),
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

function fixed(all: readonly SizeLimits[]): number {
  return all.reduce((sum, limits) => (grows(limits) ? sum : sum + Number(limits.minimum)), 0);
}
