import type { WitFunction, WitInterface, WitResource, WitTypeDefinition } from '../world/index.js';
import { camelCase, NameScope, pascalCase } from './names.js';
import { isFallibleConstructor, roleOf } from './signature.js';

/** Members of `Resource`, which a class for a resource inherits. */
const RESOURCE_MEMBERS = ['constructor', 'drop', 'give', 'handle'];
const EXPORTED_RESOURCE_MEMBERS = [...RESOURCE_MEMBERS, 'dropped'];

/** Names of an interface's items in the bindings. WIT's own names come first; names that the bindings invent give way. */
export class InterfaceNames {
  readonly #types = new Map<WitTypeDefinition, string>();
  readonly #derived = new Map<WitTypeDefinition, string>();
  readonly #functions = new Map<WitFunction, string>();

  constructor(owner: WitInterface, isExported: boolean) {
    const scope = new NameScope();
    for (const type of owner.types) this.#types.set(type, scope.take(pascalCase(type.name)));
    for (const func of owner.functions) {
      if (roleOf(func).kind === 'function') this.#functions.set(func, scope.take(camelCase(func.name)));
    }
    for (const type of owner.types) {
      if (type.kind === 'variant') this.#derived.set(type, scope.take(`${this.type(type)}Tag`));
      if (type.kind !== 'resource') continue;
      if (isExported) this.#derived.set(type, scope.take(`${this.type(type)}Resource`));
      this.#nameMembers(owner, type, isExported ? EXPORTED_RESOURCE_MEMBERS : RESOURCE_MEMBERS);
    }
  }

  /** The class or enum of a type. */
  type(type: WitTypeDefinition): string {
    return found(this.#types, type);
  }

  /** The tags of a variant, or the base of the plugin's class for a resource. */
  derived(type: WitTypeDefinition): string {
    return found(this.#derived, type);
  }

  /** The function, method or static function for one of WIT. */
  function(func: WitFunction): string {
    return found(this.#functions, func);
  }

  #nameMembers(owner: WitInterface, resource: WitResource, reserved: readonly string[]): void {
    const methods = new NameScope(reserved);
    const statics = new NameScope();
    const constructors: WitFunction[] = [];
    for (const func of owner.functions) {
      const role = roleOf(func);
      if (role.kind === 'function' || role.resource !== resource.name) continue;
      if (role.kind === 'constructor') constructors.push(func);
      else this.#functions.set(func, (role.kind === 'method' ? methods : statics).take(camelCase(role.name)));
    }
    for (const func of constructors) {
      this.#functions.set(func, isFallibleConstructor(func) ? statics.take('create') : 'constructor');
    }
  }
}

function found<K extends { name: string }>(names: ReadonlyMap<K, string>, item: K): string {
  const name = names.get(item);
  if (name === undefined) throw new Error(`Cannot bind "${item.name}": it is not of its interface`);
  return name;
}
