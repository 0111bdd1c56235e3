import type { ResourceType } from '../resource-type.js';
import type { FuncType, ValueType } from '../types.js';

/** Generated code for one shape of function, and the constants it closes over. */
export interface Template {
  factory: (...given: unknown[]) => unknown;
  constants: readonly unknown[];
}

/** The facts that the code of a function depends on: two functions of equal `key` share it. */
export interface Shape {
  key: string;
  /** The resource types, in order of first appearance. */
  resources: ResourceType[];
  /** The generated code, by purpose; only if no resource ties the type to one instance. */
  templates: Map<string, Template> | undefined;
}

/** Beyond this many parts a type is not worth generated code. */
const MAX_PARTS = 800;

const shapes = new WeakMap<FuncType, Shape | null>();

/** Describes a function's type; `undefined` when it is too large for generated code. */
export function shapeOf(type: FuncType): Shape | undefined {
  let shape = shapes.get(type);
  if (shape === undefined) shapes.set(type, (shape = describe(type)));
  return shape ?? undefined;
}

function describe(type: FuncType): Shape | null {
  const resources: ResourceType[] = [];
  const parts: string[] = [];
  const add = (part: string): void => {
    if (parts.push(part) > MAX_PARTS) throw TOO_LARGE;
  };
  const visit = (value: ValueType | undefined): void => {
    if (value === undefined) return add('_');
    add(value.kind);
    switch (value.kind) {
      case 'record':
        add(String(value.fields.length));
        for (const field of value.fields) {
          add(field.name);
          visit(field.type);
        }
        break;
      case 'tuple':
        add(String(value.elements.length));
        value.elements.forEach(visit);
        break;
      case 'variant':
        add(String(value.cases.length));
        for (const each of value.cases) {
          add(each.name);
          visit(each.type);
        }
        break;
      case 'flags':
      case 'enum':
        add(String(value.names.length));
        value.names.forEach(add);
        break;
      case 'list':
        visit(value.element);
        break;
      case 'map':
        visit(value.entry);
        break;
      case 'stream':
      case 'future':
        // Ends belong to an instance, and no shape knows its instance: such functions are composed.
        throw TOO_LARGE;
      case 'option':
        visit(value.some);
        break;
      case 'result':
        visit(value.ok);
        visit(value.err);
        break;
      case 'own':
      case 'borrow': {
        let index = resources.indexOf(value.resource);
        if (index < 0) index = resources.push(value.resource) - 1;
        add(String(index));
      }
    }
  };
  try {
    add(String(type.params.length));
    for (const param of type.params) visit(param.type);
    visit(type.result);
    const templates = resources.length === 0 ? new Map<string, Template>() : undefined;
    return { key: parts.join(' '), resources, templates };
  } catch (error) {
    if (error === TOO_LARGE) return null;
    throw error;
  }
}

const TOO_LARGE = new Error('too large');
