import type { CoreInstanceDefinition, NamedIndex } from '../model.js';
import {
  coreItemSize,
  describeMismatch,
  matchCoreItem,
  type ResolvedCoreItem,
  type ResolvedCoreModule,
} from '../types/index.js';
import type { Scope } from './scope.js';

type CoreExports = ReadonlyMap<string, ResolvedCoreItem>;

/**
 * Adds a core instance.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_LIMIT
 */
export function addCoreInstance(definition: CoreInstanceDefinition, scope: Scope): void {
  const { expression } = definition;
  scope.addCoreInstance(
    expression.kind === 'instantiate'
      ? instantiate(scope.at(scope.coreModules, expression.module, 'module'), {
          args: expression.args,
          scope,
        })
      : bagOf(expression.exports, scope),
  );
}

function instantiate(
  module: ResolvedCoreModule,
  context: { args: readonly { name: string; instance: number }[]; scope: Scope },
): CoreExports {
  const { args, scope } = context;
  const { progress } = scope;
  const given = new Map<string, CoreExports>();
  for (const { name, instance } of args) {
    const exports = scope.at(scope.coreInstances, instance, 'core instance');
    if (given.has(name)) throw progress.invalid(`duplicate module instantiation argument named \`${name}\``);
    given.set(name, exports);
  }
  for (const [argument, items] of module.imports) {
    const exports = given.get(argument);
    if (exports === undefined) {
      throw progress.invalid(`missing module instantiation argument named \`${argument}\``);
    }
    for (const [name, expected] of items) {
      progress.spend(coreItemSize(expected));
      const actual = exports.get(name);
      if (actual === undefined) {
        throw progress.invalid(
          `module instantiation argument \`${argument}\` does not export an item named \`${name}\``,
        );
      }
      const mismatch = matchCoreItem(actual, expected);
      if (mismatch === undefined) continue;
      throw progress.invalid(
        `type mismatch for export \`${name}\` of module instantiation argument \`${argument}\`: ${describeMismatch(mismatch)}`,
      );
    }
  }
  return module.exports;
}

function bagOf(entries: readonly NamedIndex[], scope: Scope): CoreExports {
  const exports = new Map<string, ResolvedCoreItem>();
  for (const entry of entries) {
    if (exports.has(entry.name))
      throw scope.progress.invalid(`export name \`${entry.name}\` already defined`);
    exports.set(entry.name, coreItemAt(entry, scope));
  }
  return exports;
}

function coreItemAt({ sort, index }: NamedIndex, scope: Scope): ResolvedCoreItem {
  switch (sort) {
    case 'core-func':
      return { kind: 'func', type: scope.coreFuncAt(index) };
    case 'core-table':
      return scope.at(scope.coreTables, index, 'table');
    case 'core-memory':
      return scope.at(scope.coreMemories, index, 'memory');
    case 'core-global':
      return scope.at(scope.coreGlobals, index, 'global');
    case 'core-tag':
      return { kind: 'tag', type: scope.at(scope.coreTags, index, 'tag') };
    default:
      throw scope.progress.invalid(`a core instance cannot export a ${sort}`);
  }
}
