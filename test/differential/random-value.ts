import type { ResolvedValue } from '@wasm-plugin/engine/component';
import type { Random } from '../support/random.js';
import { camelCase, NUMBER_ARRAYS } from './mapping.js';
import { randomChar, randomFloat, randomInteger, randomString, type IntegerKind } from './random-scalar.js';

/** Makes a value of a type without resources, as JavaScript has it: what our runtime and jco both take. */
export function randomValue(type: ResolvedValue, random: Random, depth = 0): unknown {
  const inner = (part: ResolvedValue): unknown => randomValue(part, random, depth + 1);
  const maybe = (part: ResolvedValue | undefined): unknown => (part === undefined ? undefined : inner(part));
  switch (type.kind) {
    case 'primitive':
      return randomPrimitive(type.type, random);
    case 'list':
      return randomList(type.element, random, depth);
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
    default:
      throw new Error(`no random value of "${type.kind}"`);
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

function randomList(element: ResolvedValue, random: Random, depth: number): unknown {
  const most = depth === 0 ? random.pick([0, 1, 3, 40]) : 3;
  const items = random.many(random.below(most + 1), () => randomValue(element, random, depth + 1));
  const array = element.kind === 'primitive' ? NUMBER_ARRAYS.get(element.type) : undefined;
  return array === undefined ? items : array.from(items as never);
}

/**
 * Leaves out of a value what a caller may leave out: flags that are `false`, and fields of an option that is none.
 * Changes `value`, and returns it.
 */
export function sparse(type: ResolvedValue, value: unknown): unknown {
  const fields = value as Record<string, unknown>;
  switch (type.kind) {
    case 'flags':
      for (const key of Object.keys(fields)) if (fields[key] === false) delete fields[key];
      return value;
    case 'record':
      for (const { name, type: part } of type.fields) {
        const key = camelCase(name);
        if (part.kind === 'option' && part.some.kind !== 'option' && fields[key] === undefined)
          delete fields[key];
        else sparse(part, fields[key]);
      }
      return value;
    case 'tuple':
      type.elements.forEach((part, index) => sparse(part, (value as unknown[])[index]));
      return value;
    case 'list':
      if (Array.isArray(value)) for (const item of value) sparse(type.element, item);
      return value;
    case 'option':
      if (value === undefined) return value;
      sparse(type.some, type.some.kind === 'option' ? fields['val'] : value);
      return value;
    case 'variant':
    case 'result': {
      const payload =
        type.kind === 'variant'
          ? type.cases.find(({ name }) => name === fields['tag'])?.type
          : fields['tag'] === 'ok'
            ? type.ok
            : type.err;
      if (payload !== undefined) sparse(payload, fields['val']);
      return value;
    }
    default:
      return value;
  }
}
