import { camelCase } from '@wasm-plugin/engine/component';
import { randomChar, randomFloat, randomInteger, randomString, type IntegerKind } from './random-scalar.js';
import type { Random } from './random.js';
import { listOf, primitiveOf, type ValueType } from './value-type.js';

/** Options of `randomValue`. */
export interface RandomValueOptions<Resource> {
  /** Makes an object for a handle. @default a type with resources is refused */
  make?: (resource: Resource) => unknown;
  /** Depth in another value: lists in lists are short. @default 0 */
  depth?: number;
}

/**
 * Makes a value of a type, as the engine takes it: many at the ends of ranges, special floats, texts of every encoding.
 * @throws {Error} the type has resources, and `make` is not given
 */
export function randomValue<Resource>(
  type: ValueType<Resource>,
  random: Random,
  { make, depth = 0 }: RandomValueOptions<Resource> = {},
): unknown {
  const options = { ...(make !== undefined && { make }), depth: depth + 1 };
  const inner = (part: ValueType<Resource>): unknown => randomValue(part, random, options);
  const maybe = (part: ValueType<Resource> | undefined): unknown =>
    part === undefined ? undefined : inner(part);
  switch (type.kind) {
    case 'list': {
      const most = depth === 0 ? random.pick([0, 1, 3, 40]) : 3;
      return listOf(
        type.element,
        random.many(random.below(most + 1), () => inner(type.element)),
      );
    }
    case 'map': {
      const pairs = random.many(random.below(depth === 0 ? 9 : 4), () => [
        inner(type.key),
        inner(type.value),
      ]);
      return new Map(pairs as [unknown, unknown][]);
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
    case 'stream':
    case 'future':
      throw new Error(`no random value of "${type.kind}"`);
    case 'own':
    case 'borrow':
      if (make === undefined) throw new Error(`no random value of "${type.kind}"`);
      return make(type.resource);
    default:
      return randomPrimitive(primitiveOf(type) as string, random);
  }
}

function randomPrimitive(kind: string, random: Random): unknown {
  switch (kind) {
    case 'bool':
      return random.chance(0.5);
    case 'f32':
    case 'f64':
      return randomFloat(kind, random);
    case 'char':
      return randomChar(random);
    case 'string':
      return randomString(random);
    default:
      return randomInteger(kind as IntegerKind, random);
  }
}
