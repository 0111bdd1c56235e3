import { describeExtern, describeItem, describeType } from './describe.js';
import { matchCoreModule } from './match-core.js';
import { ValueMatcher } from './match-values.js';
import { within, type Mismatch } from './mismatch.js';
import type { Progress } from './progress.js';
import type {
  ResolvedComponent,
  ResolvedExtern,
  ResolvedInstance,
  ResolvedItems,
  ResolvedType,
  ResolvedValue,
  Resource,
} from './resolved.js';
import { Substitution } from './substitution.js';

/** The imports of a component, or exports of a component type, with the resources among them still open. */
export interface Open {
  items: ResolvedItems;
  resources: ReadonlySet<Resource>;
}

/** The result of matching items against open ones. */
export interface Opened {
  /** The mismatches, by the name of the item. */
  mismatches: Map<string, Mismatch>;
  /** Replaces open types by the given ones. */
  substitution: Substitution;
}

/** Finds the item that is given for a name. */
export type Find = (name: string) => ResolvedExtern | undefined;

/** Decides whether one type stands in for another, and says why not. */
export class Matcher {
  readonly #progress: Progress;
  readonly #values: ValueMatcher;

  constructor(progress: Progress) {
    this.#progress = progress;
    this.#values = new ValueMatcher(progress);
  }

  extern(actual: ResolvedExtern, expected: ResolvedExtern): Mismatch | undefined {
    this.#progress.spend(1);
    if (actual.kind === 'core-module' && expected.kind === 'core-module') {
      return matchCoreModule({ actual: actual.type, expected: expected.type }, this.#progress);
    }
    if (actual.kind !== expected.kind || actual.kind === 'core-module' || expected.kind === 'core-module') {
      return { path: [], wanted: describeExtern(expected), found: describeExtern(actual) };
    }
    return this.type(actual.type, expected.type);
  }

  type(actual: ResolvedType, expected: ResolvedType): Mismatch | undefined {
    if (actual === expected) return undefined;
    if (actual.kind === 'resource' && expected.kind === 'resource') {
      if (actual.resource === expected.resource) return undefined;
      const found = `${describeType(actual)} (the resource types are not the same)`;
      return { path: [], wanted: describeType(expected), found };
    }
    if (actual.kind === 'func' && expected.kind === 'func') return this.#values.func(actual, expected);
    if (actual.kind === 'instance' && expected.kind === 'instance') return this.#instance(actual, expected);
    if (actual.kind === 'component' && expected.kind === 'component')
      return this.#component(actual, expected);
    if (isValue(actual) && isValue(expected)) return this.#values.value(actual, expected);
    return { path: [], wanted: describeType(expected), found: describeType(actual) };
  }

  /**
   * Matches the items that `find` returns against `open`. An open resource takes any resource that is given under its name, and
   * the same one everywhere else.
   */
  open(find: Find, open: Open): Opened {
    const substitution = new Substitution(this.#progress);
    this.#bind(find, { open, substitution, seen: new Set() });
    const mismatches = new Map<string, Mismatch>();
    const result = substitution.resourcesOnly();
    for (const [name, expected] of open.items) {
      const actual = find(name);
      const mismatch =
        actual === undefined
          ? { path: [], wanted: describeItem(expected), found: 'nothing' }
          : this.extern(actual, substitution.extern(expected));
      if (mismatch) mismatches.set(name, mismatch);
      else if (actual) this.#rename(actual, { expected, substitution: result });
    }
    return { mismatches, substitution: result };
  }

  #instance(actual: ResolvedInstance, expected: ResolvedInstance): Mismatch | undefined {
    for (const [name, wanted] of expected.exports) {
      const found = actual.exports.get(name);
      if (found === undefined) {
        return { path: [`export \`${name}\``], wanted: describeItem(wanted), found: 'nothing' };
      }
      const mismatch = this.extern(found, wanted);
      if (mismatch) return within(`export \`${name}\``, mismatch);
    }
    return undefined;
  }

  #component(actual: ResolvedComponent, expected: ResolvedComponent): Mismatch | undefined {
    const imports = this.open((name) => expected.imports.get(name), {
      items: actual.imports,
      resources: actual.imported,
    });
    for (const [name, mismatch] of imports.mismatches) return within(`import \`${name}\``, mismatch);
    const given = imports.substitution.resourcesOnly().items(actual.exports);
    const exports = this.open((name) => given.get(name), {
      items: expected.exports,
      resources: expected.bound,
    });
    for (const [name, mismatch] of exports.mismatches) return within(`export \`${name}\``, mismatch);
    return undefined;
  }

  #bind(find: Find, context: { open: Open; substitution: Substitution; seen: Set<ResolvedItems> }): void {
    const { open, substitution, seen } = context;
    if (open.resources.size === 0 || seen.has(open.items)) return;
    seen.add(open.items);
    this.#progress.spend(open.items.size);
    for (const [name, expected] of open.items) {
      const actual = expected.kind === 'type' || expected.kind === 'instance' ? find(name) : undefined;
      if (actual === undefined) continue;
      if (expected.kind === 'instance' && actual.kind === 'instance') {
        const { exports } = actual.type;
        const inner = { items: expected.type.exports, resources: open.resources };
        this.#bind((inside) => exports.get(inside), { ...context, open: inner });
      }
      if (expected.kind !== 'type' || actual.kind !== 'type') continue;
      if (expected.type.kind !== 'resource' || actual.type.kind !== 'resource') continue;
      const { resource } = expected.type;
      if (!open.resources.has(resource) || substitution.hasResource(resource)) continue;
      substitution.replaceResource(resource, actual.type.resource);
    }
  }

  #rename(actual: ResolvedExtern, context: { expected: ResolvedExtern; substitution: Substitution }): void {
    const { expected, substitution } = context;
    this.#progress.spend(1);
    if (expected.kind === 'type' && actual.kind === 'type') {
      substitution.replaceType(expected.type, actual.type);
    }
    if (expected.kind !== 'instance' || actual.kind !== 'instance') return;
    for (const [name, inner] of expected.type.exports) {
      const given = actual.type.exports.get(name);
      if (given) this.#rename(given, { expected: inner, substitution });
    }
  }
}

function isValue(type: ResolvedType): type is ResolvedValue {
  switch (type.kind) {
    case 'resource':
    case 'func':
    case 'instance':
    case 'component':
      return false;
    default:
      return true;
  }
}
