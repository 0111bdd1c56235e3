import type {
  ResolvedFunc,
  ResolvedItems,
  ResolvedType,
  ResolvedValue,
  Resource,
} from '@wasm-plugin/engine/component';
import { witName } from './wit-name.js';

/** The name of a type, and the interface it is in; none for types of the world itself. */
export interface TypeName {
  name: string;
  owner: string | undefined;
}

/** Names of types. Types of equal structure and different names are different types. */
export class TypeNames {
  readonly #values = new Map<ResolvedType, TypeName>();
  readonly #resources = new Map<Resource, TypeName>();

  /** Notes the types among some items, in the order in which they are declared. */
  add(items: ResolvedItems, owner?: string): this {
    for (const [name, item] of items) {
      if (item.kind === 'instance') this.add(item.type.exports, name);
      if (item.kind !== 'type') continue;
      const { type } = item;
      if (!this.#values.has(type)) this.#values.set(type, { name, owner });
      if (type.kind === 'resource' && !this.#resources.has(type.resource)) {
        this.#resources.set(type.resource, { name, owner });
      }
    }
    return this;
  }

  of(type: ResolvedType): TypeName | undefined {
    return type.kind === 'resource' ? this.#resources.get(type.resource) : this.#values.get(type);
  }
}

/** Position in the printed WIT. */
export interface Place {
  names: TypeNames;
  /** The interface; none in the world itself. */
  owner: string | undefined;
  /** The package, whose own items need no package name. */
  inPackage: string;
}

/** A value type as WIT writes it where it is used: by name if it has one. */
export function valueText(type: ResolvedValue, names: TypeNames): string {
  const named = names.of(type);
  return named === undefined ? structureText(type, names) : witName(named.name);
}

/** A value type as WIT writes it where it is defined; records and the like on one line. */
export function structureText(type: ResolvedValue, names: TypeNames): string {
  const inner = (part: ResolvedValue | undefined): string =>
    part === undefined ? '_' : valueText(part, names);
  switch (type.kind) {
    case 'primitive':
      return type.type;
    case 'list':
      return `list<${inner(type.element)}>`;
    case 'map':
      return `map<${inner(type.key)}, ${inner(type.value)}>`;
    case 'tuple':
      return `tuple<${type.elements.map(inner).join(', ')}>`;
    case 'option':
      return `option<${inner(type.some)}>`;
    case 'result':
      if (type.err !== undefined) return `result<${inner(type.ok)}, ${inner(type.err)}>`;
      return type.ok === undefined ? 'result' : `result<${inner(type.ok)}>`;
    case 'stream':
    case 'future':
      return type.element === undefined ? type.kind : `${type.kind}<${inner(type.element)}>`;
    case 'own':
    case 'borrow': {
      const name = witName(names.of(type.resource)?.name ?? type.resource.resource.label);
      return type.kind === 'own' ? name : `borrow<${name}>`;
    }
    default:
      return `${type.kind} { ${membersText(type, names).join(', ')} }`;
  }
}

/** The fields, cases, names or flags of a type that has them, each as WIT writes it. */
export function membersText(type: ResolvedValue, names: TypeNames): string[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => `${witName(field.name)}: ${valueText(field.type, names)}`);
    case 'variant':
      return type.cases.map(
        (each) => witName(each.name) + (each.type === undefined ? '' : `(${valueText(each.type, names)})`),
      );
    case 'flags':
    case 'enum':
      return type.names.map(witName);
    default:
      return [];
  }
}

/** A function type as WIT writes it. `skip` leaves out the first parameters, e.g. the `self` of a method. */
export function funcText(type: ResolvedFunc, names: TypeNames, skip = 0): string {
  const result = type.result === undefined ? '' : ` -> ${valueText(type.result, names)}`;
  return `${type.async ? 'async ' : ''}func(${paramsText(type, names, skip)})${result}`;
}

export function paramsText(type: ResolvedFunc, names: TypeNames, skip = 0): string {
  return type.params
    .slice(skip)
    .map((param) => `${witName(param.name)}: ${valueText(param.type, names)}`)
    .join(', ');
}
