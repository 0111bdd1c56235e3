import type { Progress } from './progress.js';
import type {
  ResolvedComponent,
  ResolvedExtern,
  ResolvedField,
  ResolvedFunc,
  ResolvedInstance,
  ResolvedItems,
  ResolvedResource,
  ResolvedType,
  ResolvedValue,
  Resource,
} from './resolved.js';

/**
 * Rewrites types: resources become other resources, and types under one name become types under another. A node in
 * which nothing changes stays the same object, and each node is visited once.
 */
export class Substitution {
  readonly #resources = new Map<Resource, Resource>();
  readonly #nodes = new Map<ResolvedType, ResolvedType>();
  readonly #progress: Progress;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  hasResource(resource: Resource): boolean {
    return this.#resources.has(resource);
  }

  replaceResource(from: Resource, to: Resource): void {
    this.#resources.set(from, to);
  }

  /** Replaces a named type. Both must be of the same kind, and equal but for their names. */
  replaceType(from: ResolvedType, to: ResolvedType): void {
    this.#nodes.set(from, to);
  }

  /** Returns a substitution of the same resources, and of no types yet. */
  resourcesOnly(): Substitution {
    const copy = new Substitution(this.#progress);
    for (const [from, to] of this.#resources) copy.#resources.set(from, to);
    return copy;
  }

  items(items: ResolvedItems): ResolvedItems {
    let changed = false;
    const result = new Map<string, ResolvedExtern>();
    this.#progress.spend(items.size);
    for (const [name, item] of items) {
      const next = this.extern(item);
      changed ||= next !== item;
      result.set(name, next);
    }
    return changed ? result : items;
  }

  extern(item: ResolvedExtern): ResolvedExtern {
    switch (item.kind) {
      case 'core-module':
        return item;
      case 'func':
        return this.#changed(item, this.#visit(item.type) as ResolvedFunc);
      case 'instance':
        return this.#changed(item, this.#visit(item.type) as ResolvedInstance);
      case 'component':
        return this.#changed(item, this.#visit(item.type) as ResolvedComponent);
      case 'type': {
        const of = this.#visit(item.of);
        const type = item.of === item.type ? of : this.#visit(item.type);
        return type === item.type && of === item.of ? item : { kind: 'type', type, of };
      }
    }
  }

  #changed<T extends { type: ResolvedType }>(item: T, type: T['type']): T {
    return type === item.type ? item : { ...item, type };
  }

  #visit(node: ResolvedType): ResolvedType {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    this.#progress.spend(1);
    const result = this.#rewrite(node);
    this.#nodes.set(node, result);
    return result;
  }

  #rewrite(node: ResolvedType): ResolvedType {
    switch (node.kind) {
      case 'primitive':
      case 'flags':
      case 'enum':
        return node;
      case 'resource': {
        const resource = this.#resources.get(node.resource);
        return resource === undefined ? node : { ...node, resource };
      }
      case 'own':
      case 'borrow': {
        const resource = this.#visit(node.resource) as ResolvedResource;
        return resource === node.resource ? node : { ...node, resource };
      }
      case 'list': {
        const element = this.#value(node.element);
        return element === node.element ? node : { ...node, element };
      }
      case 'map': {
        const key = this.#value(node.key);
        const value = this.#value(node.value);
        return key === node.key && value === node.value ? node : { ...node, key, value };
      }
      case 'stream':
      case 'future': {
        const element = node.element && this.#value(node.element);
        return element === node.element ? node : { ...node, element };
      }
      case 'option': {
        const some = this.#value(node.some);
        return some === node.some ? node : { ...node, some };
      }
      case 'result': {
        const ok = node.ok && this.#value(node.ok);
        const err = node.err && this.#value(node.err);
        return ok === node.ok && err === node.err ? node : { ...node, ok, err };
      }
      case 'tuple': {
        const elements = this.#list(node.elements, (element) => this.#value(element));
        return elements === node.elements ? node : { ...node, elements };
      }
      case 'record': {
        const fields = this.#list(node.fields, (field) => this.#field(field));
        return fields === node.fields ? node : { ...node, fields };
      }
      case 'variant': {
        const cases = this.#list(node.cases, (entry) => {
          const type = entry.type && this.#value(entry.type);
          return type === entry.type ? entry : { name: entry.name, type };
        });
        return cases === node.cases ? node : { ...node, cases };
      }
      case 'func': {
        const params = this.#list(node.params, (param) => this.#field(param));
        const result = node.result && this.#value(node.result);
        return params === node.params && result === node.result ? node : { ...node, params, result };
      }
      case 'instance': {
        const exports = this.items(node.exports);
        const bound = this.#set(node.bound);
        return exports === node.exports && bound === node.bound ? node : { ...node, exports, bound };
      }
      case 'component':
        return this.#component(node);
    }
  }

  #component(node: ResolvedComponent): ResolvedComponent {
    const imports = this.items(node.imports);
    const exports = this.items(node.exports);
    const imported = this.#set(node.imported);
    const bound = this.#set(node.bound);
    const same =
      imports === node.imports &&
      exports === node.exports &&
      imported === node.imported &&
      bound === node.bound;
    return same ? node : { ...node, imports, exports, imported, bound };
  }

  #value(node: ResolvedValue): ResolvedValue {
    return this.#visit(node) as ResolvedValue;
  }

  #field(field: ResolvedField): ResolvedField {
    const type = this.#value(field.type);
    return type === field.type ? field : { name: field.name, type };
  }

  #list<T>(list: readonly T[], rewrite: (entry: T) => T): readonly T[] {
    this.#progress.spend(list.length);
    let changed = false;
    const result = list.map((entry) => {
      const next = rewrite(entry);
      changed ||= next !== entry;
      return next;
    });
    return changed ? result : list;
  }

  #set(set: ReadonlySet<Resource>): ReadonlySet<Resource> {
    let changed = false;
    for (const resource of set) changed ||= this.#resources.has(resource);
    if (!changed) return set;
    return new Set([...set].map((resource) => this.#resources.get(resource) ?? resource));
  }
}
