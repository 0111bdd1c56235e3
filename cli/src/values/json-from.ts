import { camelCase, type ResolvedValue } from '@wasm-plugin/engine/component';
import { memberOf } from './member-of.js';

/**
 * Turns a JavaScript value that the engine lifted into JSON. 64-bit integers that a JSON number cannot hold exactly become
 * strings, as do floats without a JSON form, and a missing option becomes null. `argumentsFrom` reads all of it back, except
 * for resources.
 */
export function jsonFrom(value: unknown, type: ResolvedValue): unknown {
  switch (type.kind) {
    case 'primitive':
      return primitive(value, type.type);
    case 'list':
      return Array.from(value as ArrayLike<unknown>, (item) => jsonFrom(item, type.element));
    case 'map':
      return Array.from(value as Map<unknown, unknown>, ([key, item]) => [
        jsonFrom(key, type.key),
        jsonFrom(item, type.value),
      ]);
    case 'tuple':
      return type.elements.map((element, index) => jsonFrom((value as unknown[])[index], element));
    case 'record':
      return Object.fromEntries(
        type.fields.map(({ name, type }) => [
          camelCase(name),
          jsonFrom(memberOf(value as object, name), type),
        ]),
      );
    case 'variant': {
      const { tag, val } = value as { tag: string; val?: unknown };
      return tagged(tag, val, type.cases.find((each) => each.name === tag)?.type);
    }
    case 'enum':
    case 'flags':
      return value;
    case 'option':
      if (value === undefined) return null;
      if (type.some.kind !== 'option') return jsonFrom(value, type.some);
      return tagged(
        (value as { tag: string }).tag,
        (value as { val?: unknown }).val,
        (value as { tag: string }).tag === 'some' ? type.some : undefined,
      );
    case 'result': {
      const { tag, val } = value as { tag: 'ok' | 'err'; val?: unknown };
      return tagged(tag, val, type[tag]);
    }
    case 'stream':
    case 'future':
      return { resource: type.kind };
    case 'own':
    case 'borrow':
      return { resource: type.resource.resource.label };
  }
}

function tagged(tag: string, val: unknown, type: ResolvedValue | undefined): unknown {
  return type === undefined ? { tag } : { tag, val: jsonFrom(val, type) };
}

function primitive(value: unknown, type: string): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return String(value);
  return type === 'f32' ? shortestF32(value) : value;
}

/** The shortest decimal that is read as the same f32, as every other language prints it: 0.1, not 0.10000000149. */
function shortestF32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
