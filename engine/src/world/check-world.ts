import {
  describeItem,
  Matcher,
  Progress,
  type Mismatch,
  type ResolvedComponent,
  type ResolvedExtern,
  type ResolvedItems,
} from '../component/index.js';
import type { World } from './decode-world.js';
import { NameIndex } from './name-index.js';
import type { Problem, Verdict } from './verdict.js';

type Direction = Problem['direction'];

/** One side takes the items that the other one gives: of imports the component takes, of exports the world. */
interface Sides {
  direction: Direction;
  takes: ResolvedItems;
  gives: NameIndex;
  /** The name in `gives` for each name in `takes` that has one. */
  pairs: Map<string, string>;
}

/**
 * Checks whether a component may run in a world: every import of it must be one that the world declares, and it must
 * have every export that the world wants, both with the same types. More exports are allowed, and so is an import that
 * only names types. Interfaces may differ in
 * version as long as the versions are compatible and the types are the same.
 *
 * @param component - its type, as `validateComponent` returns it
 * @throws {ModuleError} WP_MODULE_LIMIT if comparing the types takes too long
 */
export function checkAgainstWorld(component: ResolvedComponent, world: World): Verdict {
  const matcher = new Matcher(new Progress(component.extent.size + world.type.extent.size));
  const imports = sidesOf('import', { takes: component.imports, gives: world.type.imports });
  const exports = sidesOf('export', { takes: world.type.exports, gives: component.exports });
  const taken = matcher.open((name) => given(name, { sides: imports, items: world.type.imports }), {
    items: component.imports,
    resources: component.imported,
  });
  // The exports speak of the resources that the world gave for the imports.
  const exported = taken.substitution.resourcesOnly().items(component.exports);
  const wanted = matcher.open((name) => given(name, { sides: exports, items: exported }), {
    items: world.type.exports,
    resources: world.type.bound,
  });
  const problems = [...problemsFrom(taken.mismatches, imports), ...problemsFrom(wanted.mismatches, exports)];
  return {
    world: world.name,
    fits: problems.length === 0,
    problems,
    imports: imports.pairs,
    exports: exports.pairs,
  };
}

function sidesOf(direction: Direction, items: { takes: ResolvedItems; gives: ResolvedItems }): Sides {
  const gives = new NameIndex(items.gives);
  const pairs = new Map<string, string>();
  for (const name of items.takes.keys()) {
    const found = gives.find(name);
    if (found !== undefined) pairs.set(name, found);
  }
  return { direction, takes: items.takes, gives, pairs };
}

function given(
  name: string,
  context: { sides: Sides; items: ResolvedItems },
): ReturnType<ResolvedItems['get']> {
  const found = context.sides.pairs.get(name);
  return found === undefined ? undefined : context.items.get(found);
}

function problemsFrom(mismatches: ReadonlyMap<string, Mismatch>, sides: Sides): Problem[] {
  const { direction } = sides;
  const told = [...mismatches].filter(
    ([name]) => direction === 'export' || sides.pairs.has(name) || !isTypesOnly(sides.takes.get(name)),
  );
  return told.map(([name, { path, wanted, found }]) => {
    const pair = sides.pairs.get(name);
    if (pair !== undefined) {
      const advice = mismatchAdvice(name, { pair, direction });
      return { kind: 'mismatch', direction, name, path, wanted, found, advice };
    }
    const item = sides.takes.get(name);
    return {
      kind: direction === 'import' ? 'undeclared' : 'missing',
      direction,
      name,
      path,
      wanted: item === undefined ? wanted : describeItem(item),
      found,
      advice: absenceAdvice(name, sides),
    };
  });
}

/** Returns true if an import needs nothing of the host: an interface that only names types, none of them a resource. */
export function isTypesOnly(item: ResolvedExtern | undefined): boolean {
  if (item?.kind !== 'instance' || item.type.bound.size > 0) return false;
  return [...item.type.exports.values()].every((each) => each.kind === 'type');
}

function mismatchAdvice(name: string, context: { pair: string; direction: Direction }): string {
  if (context.pair === name) return 'build it against the WIT that the host declares';
  const [ofComponent, ofWorld] = context.direction === 'import' ? [name, context.pair] : [context.pair, name];
  return `it was built against "${ofComponent}" and the world has "${ofWorld}": build it against that version`;
}

function absenceAdvice(name: string, { direction, gives }: Sides): string {
  const others = gives
    .versionsOf(name)
    .map((other) => `"${other}"`)
    .join(', ');
  if (direction === 'import') {
    return others === ''
      ? 'build it without this import, or declare the import in the world'
      : `the world has ${others}, which is no compatible version: build it against that one`;
  }
  return others === ''
    ? 'add the export, or take it out of the world'
    : `it has ${others}, which is no compatible version: build it against the WIT that the host declares`;
}
