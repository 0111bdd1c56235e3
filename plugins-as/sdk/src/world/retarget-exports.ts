import type { WitInterface, WitType, WitTypeDefinition, WitWorld } from './model.js';

/**
 * Makes the exported interfaces of a world use each other's types. If an interface is imported and exported, an encoded world
 * says of another exported interface that it uses the types of the imported one: the binary form has no other way. The tools
 * that make components mean those of the exported one, as WIT does.
 */
export function retargetExports({ imports, exports }: WitWorld): void {
  const exported = new Map(exports.map((owner) => [owner.name, owner]));
  const counterparts = new Map<WitTypeDefinition, WitTypeDefinition>();
  for (const { name, types } of imports) {
    const own = new Map(exported.get(name)?.types.map((type) => [type.name, type]));
    for (const type of types) {
      const counterpart = own.get(type.name);
      if (counterpart !== undefined) counterparts.set(type, counterpart);
    }
  }
  if (counterparts.size === 0) return;
  const retarget = new Retarget(counterparts);
  for (const owner of exports) retarget.interface(owner);
}

class Retarget {
  readonly #counterparts: ReadonlyMap<WitTypeDefinition, WitTypeDefinition>;
  readonly #done = new Map<WitType, WitType>();

  constructor(counterparts: ReadonlyMap<WitTypeDefinition, WitTypeDefinition>) {
    this.#counterparts = counterparts;
  }

  interface({ types, functions }: WitInterface): void {
    for (const type of types) {
      if (type.kind === 'record') type.fields = type.fields.map((field) => this.#named(field));
      if (type.kind === 'variant') type.cases = type.cases.map((item) => this.#named(item));
    }
    for (const func of functions) {
      func.params = func.params.map((param) => this.#named(param));
      func.result = this.#optional(func.result);
    }
  }

  #named<T extends { type: WitType | undefined }>(item: T): T {
    return { ...item, type: this.#optional(item.type) };
  }

  #optional(type: WitType | undefined): WitType | undefined {
    return type === undefined ? undefined : this.#type(type);
  }

  /** The type itself if nothing in it is another, so that equal types stay one object. */
  #type(type: WitType): WitType {
    const known = this.#done.get(type);
    if (known !== undefined) return known;
    const made = this.#made(type);
    this.#done.set(type, made);
    return made;
  }

  #made(type: WitType): WitType {
    switch (type.kind) {
      case 'list':
        return { ...type, element: this.#type(type.element) };
      case 'option':
        return { ...type, some: this.#type(type.some) };
      case 'map':
        return { ...type, value: this.#type(type.value) };
      case 'tuple':
        return { ...type, elements: type.elements.map((element) => this.#type(element)) };
      case 'result':
        return { ...type, ok: this.#optional(type.ok), err: this.#optional(type.err) };
      case 'own':
      case 'borrow':
        return { ...type, resource: this.#definition(type.resource) };
      case 'record':
      case 'variant':
      case 'enum':
      case 'flags':
        return this.#definition(type);
      default:
        return type;
    }
  }

  #definition<T extends WitTypeDefinition>(type: T): T {
    return (this.#counterparts.get(type) as T | undefined) ?? type;
  }
}
