import type { CoreFuncType } from '../model.js';
import { describeCoreItem } from './describe.js';
import { within, type Mismatch } from './mismatch.js';
import type { Progress } from './progress.js';
import type { ResolvedCoreItem, ResolvedCoreModule } from './resolved.js';

type Kind<K extends ResolvedCoreItem['kind']> = Extract<ResolvedCoreItem, { kind: K }>;

/**
 * Matches a core module: it may import less than expected and export more.
 * @param progress counts the work, if a component asks for it
 */
export function matchCoreModule(
  pair: { actual: ResolvedCoreModule; expected: ResolvedCoreModule },
  progress?: Progress,
): Mismatch | undefined {
  const { actual, expected } = pair;
  if (actual === expected) return undefined;
  progress?.spend(actual.extent.size + expected.extent.size);
  for (const [module, items] of actual.imports) {
    for (const [name, wanted] of items) {
      const given = expected.imports.get(module)?.get(name);
      const mismatch = matchCoreItem(given, wanted);
      if (mismatch) return within(`import \`${module}::${name}\``, mismatch);
    }
  }
  for (const [name, wanted] of expected.exports) {
    const mismatch = matchCoreItem(actual.exports.get(name), wanted);
    if (mismatch) return within(`export \`${name}\``, mismatch);
  }
  return undefined;
}

/** Returns the number of steps to compare a core item, for the extent of modules and the budget of work. */
export function coreItemSize(item: ResolvedCoreItem): number {
  const isFunc = item.kind === 'func' || item.kind === 'tag';
  return isFunc ? 1 + item.type.params.length + item.type.results.length : 1;
}

/** Matches an export of a core module against an import of another. */
export function matchCoreItem(
  actual: ResolvedCoreItem | undefined,
  expected: ResolvedCoreItem,
): Mismatch | undefined {
  if (actual !== undefined && fits(actual, expected)) return undefined;
  const found = actual === undefined ? 'nothing' : describeCoreItem(actual);
  return { path: [], wanted: describeCoreItem(expected), found };
}

function fits(actual: ResolvedCoreItem, expected: ResolvedCoreItem): boolean {
  if (actual.kind !== expected.kind) return false;
  switch (expected.kind) {
    case 'func':
    case 'tag': {
      const { type } = actual as Extract<ResolvedCoreItem, { type: CoreFuncType }>;
      return sameTypes(type.params, expected.type.params) && sameTypes(type.results, expected.type.results);
    }
    case 'table': {
      const table = actual as Kind<'table'>;
      return table.element === expected.element && limitsFit(table, expected);
    }
    case 'memory':
      return limitsFit(actual as Kind<'memory'>, expected);
    case 'global': {
      const global = actual as Kind<'global'>;
      if (global.mutable !== expected.mutable) return false;
      return global.type === expected.type || (!expected.mutable && isNullable(expected.type, global.type));
    }
  }
}

function limitsFit(actual: Kind<'table' | 'memory'>, expected: Kind<'table' | 'memory'>): boolean {
  if (actual.shared !== expected.shared || actual.index64 !== expected.index64) return false;
  if (actual.minimum < expected.minimum) return false;
  if (expected.maximum === undefined) return true;
  return actual.maximum !== undefined && actual.maximum <= expected.maximum;
}

/** Returns true if `nullable` is `type` with null added: the one kind of core subtyping that imports and exports meet. */
function isNullable(nullable: string, type: string): boolean {
  return type.startsWith('(ref ') && nullable === type.replace('(ref ', '(ref null ');
}

function sameTypes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((type, index) => type === b[index]);
}
