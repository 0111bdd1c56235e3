import type { Declaration, DefinedType, FuncType, NamedType, ValType } from '@wasm-plugin/engine/component';
import type { WitInterface, WitNamed, WitResource, WitStructure, WitType } from './model.js';

/** An entry of a type index space. */
export type Entry =
  | { kind: 'value'; type: WitType }
  | { kind: 'resource'; resource: WitResource }
  | { kind: 'func'; params: WitNamed[]; result: WitType | undefined }
  | { kind: 'shape'; of: 'instance' | 'component'; declarations: Declaration[]; scope: Scope };

/** The exported types of an instance, by name. */
export type Instance = Map<string, Entry>;

/** Those of one core value: the component model has no others. */
const MOST_FLAGS = 32;

/** An owner for structures that have no name yet. */
const NAMELESS: WitInterface = { name: '', types: [], functions: [] };

/** The index spaces of one component or instance type, inside those of another. */
export class Scope {
  readonly types: Entry[] = [];
  readonly instances: Instance[] = [];
  readonly #outer: Scope | undefined;

  constructor(outer: Scope | undefined) {
    this.#outer = outer;
  }

  /** Adds the definition of a type or alias declaration; returns false for any other. */
  define(declaration: Declaration): boolean {
    if (declaration.kind === 'type') {
      this.types.push(this.#entry(declaration.type));
      return true;
    }
    if (declaration.kind !== 'alias') return false;
    const { target } = declaration;
    if (target.kind === 'outer') {
      this.types.push(this.#up(target.count).type(target.index));
    } else if (declaration.sort === 'type') {
      const found = this.instances[target.instance]?.get(target.name);
      if (found === undefined) throw new Error(`Cannot read the world: no type "${target.name}" to alias`);
      this.types.push(found);
    }
    return true;
  }

  type(index: number): Entry {
    const entry = this.types[index];
    if (entry === undefined) throw new Error(`Cannot read the world: there is no type ${index}`);
    return entry;
  }

  #up(count: number): Scope {
    if (count === 0) return this;
    if (this.#outer === undefined) throw new Error('Cannot read the world: an alias reaches too far out');
    return this.#outer.#up(count - 1);
  }

  #entry(type: DefinedType | FuncType | { kind: string; declarations?: Declaration[] }): Entry {
    if (isShape(type)) return { kind: 'shape', of: type.kind, declarations: type.declarations, scope: this };
    if (type.kind === 'func') return this.#func(type as FuncType);
    return { kind: 'value', type: this.#defined(type as DefinedType) };
  }

  #func({ async, params, result }: FuncType): Entry {
    if (async === true) throw new Error('Cannot read the world: the type async func is not supported');
    return { kind: 'func', params: this.#named(params), result: this.#optional(result) };
  }

  #defined(type: DefinedType): WitType {
    switch (type.kind) {
      case 'primitive':
        return { kind: type.type };
      case 'list':
        if (type.length !== undefined)
          throw new Error('Cannot read the world: a list of fixed length is not supported');
        return { kind: 'list', element: this.#value(type.element) };
      case 'map':
        return { kind: 'map', key: this.#value(type.key), value: this.#value(type.value) };
      case 'tuple':
        return { kind: 'tuple', elements: type.elements.map((element) => this.#value(element)) };
      case 'option':
        return { kind: 'option', some: this.#value(type.some) };
      case 'result':
        return { kind: 'result', ok: this.#optional(type.ok), err: this.#optional(type.err) };
      case 'stream':
      case 'future':
        throw new Error(`Cannot read the world: the type ${type.kind} is not supported`);
      case 'own':
      case 'borrow':
        return { kind: type.kind, resource: this.#resource(type.resource) };
      default:
        return this.#structure(type);
    }
  }

  #structure(type: DefinedType & { kind: WitStructure['kind'] }): WitStructure {
    const nameless = { name: '', owner: NAMELESS };
    if (type.kind === 'record') return { ...nameless, kind: 'record', fields: this.#named(type.fields) };
    if (type.kind === 'flags' && type.names.length > MOST_FLAGS) {
      throw new Error(`Cannot read the world: flags of more than ${MOST_FLAGS} names are not supported`);
    }
    if (type.kind !== 'variant') return { ...nameless, kind: type.kind, names: type.names };
    const cases = type.cases.map(({ name, type }) => ({ name, type: this.#optional(type) }));
    return { ...nameless, kind: 'variant', cases };
  }

  #named(items: NamedType[]): WitNamed[] {
    return items.map(({ name, type }) => ({ name, type: this.#value(type) }));
  }

  #optional(type: ValType | undefined): WitType | undefined {
    return type === undefined ? undefined : this.#value(type);
  }

  #value(type: ValType): WitType {
    if (typeof type === 'string') return { kind: type };
    const entry = this.type(type);
    if (entry.kind !== 'value') throw new Error(`Cannot read the world: type ${type} is not one of a value`);
    return entry.type;
  }

  #resource(index: number): WitResource {
    const entry = this.type(index);
    if (entry.kind !== 'resource') throw new Error(`Cannot read the world: type ${index} is not a resource`);
    return entry.resource;
  }
}

/** Sets the name and owner of a structure that has none; a second name is an alias of the same type. */
export function nameType(entry: Entry, name: string, owner: WitInterface): void {
  if (entry.kind !== 'value' || !('owner' in entry.type) || entry.type.owner !== NAMELESS) return;
  entry.type.name = name;
  entry.type.owner = owner;
  owner.types.push(entry.type);
}

function isShape(type: {
  kind: string;
  declarations?: Declaration[];
}): type is { kind: 'instance' | 'component'; declarations: Declaration[] } {
  return type.kind === 'instance' || type.kind === 'component';
}
