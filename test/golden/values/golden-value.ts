import type { ResolvedValue } from '@wasm-plugin/engine/component';
import { camelCase, NUMBER_ARRAYS } from '../../differential/mapping.js';

/**
 * Writes a value for the golden files, apart from any language's mapping: 64-bit integers and floats as strings, records,
 * tuples and lists as arrays, flags as the names that are set, and a variant, option or result as its case and payload.
 */
export function toGolden(type: ResolvedValue, value: unknown): unknown {
  switch (type.kind) {
    case 'primitive':
      return /^(?:[us]64|f\d\d)$/.test(type.type) ? floatText(value) : value;
    case 'list':
      return Array.from(value as unknown[], (item) => toGolden(type.element, item));
    case 'record':
      return type.fields.map((field) => toGolden(field.type, (value as never)[camelCase(field.name)]));
    case 'tuple':
      return type.elements.map((element, index) => toGolden(element, (value as unknown[])[index]));
    case 'flags':
      return type.names.filter((name) => (value as Record<string, boolean>)[camelCase(name)]);
    case 'variant':
      return toCase(value, Object.fromEntries(type.cases.map((each) => [each.name, each.type])));
    case 'result':
      return toCase(value, { ok: type.ok, err: type.err });
    case 'option': {
      if (type.some.kind === 'option') return toCase(value, { none: undefined, some: type.some });
      return value === undefined ? ['none'] : ['some', toGolden(type.some, value)];
    }
    default:
      return value;
  }
}

function toCase(value: unknown, cases: Record<string, ResolvedValue | undefined>): unknown {
  const { tag, val } = value as { tag: string; val: unknown };
  const payload = cases[tag];
  return payload === undefined ? [tag] : [tag, toGolden(payload, val)];
}

function floatText(value: unknown): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Reads a value of the golden files. */
export function fromGolden(type: ResolvedValue, golden: unknown): unknown {
  const items = golden as unknown[];
  switch (type.kind) {
    case 'primitive':
      return fromScalar(type.type, golden);
    case 'list':
      return fromList(type.element, items);
    case 'record':
      return Object.fromEntries(
        type.fields.map((field, index) => [camelCase(field.name), fromGolden(field.type, items[index])]),
      );
    case 'tuple':
      return type.elements.map((element, index) => fromGolden(element, items[index]));
    case 'flags':
      return Object.fromEntries(type.names.map((name) => [camelCase(name), items.includes(name)]));
    case 'variant': {
      const { type: payload } = type.cases.find((each) => each.name === items[0]) ?? {};
      return payload === undefined ? { tag: items[0] } : { tag: items[0], val: fromGolden(payload, items[1]) };
    }
    case 'result': {
      const payload = items[0] === 'ok' ? type.ok : type.err;
      return { tag: items[0], val: payload === undefined ? undefined : fromGolden(payload, items[1]) };
    }
    case 'option': {
      const some = items[0] === 'some' ? fromGolden(type.some, items[1]) : undefined;
      if (type.some.kind !== 'option') return some;
      return items[0] === 'some' ? { tag: 'some', val: some } : { tag: 'none' };
    }
    default:
      return golden;
  }
}

function fromScalar(kind: string, golden: unknown): unknown {
  if (kind === 'u64' || kind === 's64') return BigInt(golden as string);
  return kind === 'f32' || kind === 'f64' ? Number(golden) : golden;
}

function fromList(element: ResolvedValue, items: unknown[]): unknown {
  const values = items.map((item) => fromGolden(element, item));
  const array = element.kind === 'primitive' ? NUMBER_ARRAYS.get(element.type) : undefined;
  return array === undefined ? values : array.from(values as never);
}
