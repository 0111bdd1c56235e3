import type { WitResource, WitType } from '@wasm-plugin/as';
import { camelCase } from '@wasm-plugin/engine/internals';
import { NUMBER_ARRAYS } from '../differential/mapping.js';
import {
  randomChar,
  randomFloat,
  randomInteger,
  randomString,
  type IntegerKind,
} from '../differential/random-scalar.js';
import type { Random } from '../support/random.js';

/** Makes an object for a handle. */
export type MakeResource = (resource: WitResource) => unknown;

/** Makes a value of a type, as JavaScript has it. */
export function witValue(type: WitType, random: Random, make: MakeResource, depth = 0): unknown {
  const inner = (part: WitType): unknown => witValue(part, random, make, depth + 1);
  const maybe = (part: WitType | undefined): unknown => (part === undefined ? undefined : inner(part));
  switch (type.kind) {
    case 'bool':
      return random.chance(0.5);
    case 'f32':
    case 'f64':
      return randomFloat(type.kind, random);
    case 'char':
      return randomChar(random);
    case 'string':
      return randomString(random);
    case 'list': {
      const items = random.many(random.below(depth === 0 ? 6 : 3), () => inner(type.element));
      const array = NUMBER_ARRAYS.get(type.element.kind);
      return array === undefined ? items : array.from(items as never);
    }
    case 'record':
      return Object.fromEntries(type.fields.map((field) => [camelCase(field.name), inner(field.type)]));
    case 'tuple':
      return type.elements.map(inner);
    case 'enum':
      return random.pick(type.names);
    case 'flags':
      return Object.fromEntries(type.names.map((name) => [camelCase(name), random.chance(0.5)]));
    case 'variant': {
      const { name, type: payload } = random.pick(type.cases);
      return payload === undefined ? { tag: name } : { tag: name, val: inner(payload) };
    }
    case 'option': {
      const some = random.chance(0.6);
      if (type.some.kind !== 'option') return some ? inner(type.some) : undefined;
      return some ? { tag: 'some', val: inner(type.some) } : { tag: 'none' };
    }
    case 'result':
      return random.chance(0.5) ? { tag: 'ok', val: maybe(type.ok) } : { tag: 'err', val: maybe(type.err) };
    case 'own':
    case 'borrow':
      return make(type.resource);
    default:
      return randomInteger(type.kind as IntegerKind, random);
  }
}

/** The value with `#` in place of each object of a class: those of the host and of the guest are told by their places only. */
export function withoutResources(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(withoutResources);
  if (Object.getPrototypeOf(value) !== Object.prototype) return '#';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutResources(item)]));
}
