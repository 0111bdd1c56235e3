import type { ComponentValue } from '../../wast/index.js';
import { camelCase, floatFromBits } from './to-js-value.js';

/** Returns true if a JavaScript value is the one that a script expects. */
export function matchesJsValue(expected: ComponentValue, actual: unknown): boolean {
  switch (expected.kind) {
    case 'list':
    case 'tuple': {
      const items = expected.kind === 'list' ? itemsOf(actual) : Array.isArray(actual) ? actual : undefined;
      return (
        items?.length === expected.items.length &&
        expected.items.every((item, i) => matchesJsValue(item, items[i]))
      );
    }
    case 'record':
      return (
        isObject(actual) &&
        Object.keys(actual).length === expected.fields.length &&
        expected.fields.every((field) => matchesJsValue(field.value, actual[camelCase(field.name)]))
      );
    case 'variant':
      return matchesTagged(expected.name, expected.payload, actual);
    case 'result':
      return matchesTagged(expected.tag, expected.payload, actual);
    case 'enum':
      return actual === expected.name;
    case 'option':
      return matchesOption(expected.some, actual);
    case 'flags':
      return isObject(actual) && matchesFlags(expected.names, actual);
    case 'f32':
    case 'f64':
      return Object.is(actual, 'nan' in expected ? Number.NaN : floatFromBits(expected.kind, expected.bits));
    default:
      return Object.is(actual, expected.value);
  }
}

function matchesTagged(tag: string, payload: ComponentValue | undefined, actual: unknown): boolean {
  if (!isObject(actual) || actual['tag'] !== tag) return false;
  return payload === undefined ? actual['val'] === undefined : matchesJsValue(payload, actual['val']);
}

function matchesOption(some: ComponentValue | undefined, actual: unknown): boolean {
  // Scripts do not record whether a `none` belongs to an option of an option, and so has a tag.
  if (some === undefined) return actual === undefined || (isObject(actual) && actual['tag'] === 'none');
  if (some.kind !== 'option') return matchesJsValue(some, actual);
  return isObject(actual) && actual['tag'] === 'some' && matchesOption(some.some, actual['val']);
}

function matchesFlags(names: string[], actual: Record<string, unknown>): boolean {
  const wanted = new Set(names.map(camelCase));
  return (
    [...wanted].every((name) => actual[name] === true) &&
    Object.entries(actual).every(([name, value]) => value === wanted.has(name))
  );
}

function itemsOf(value: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && 'length' in value
    ? (value as unknown as ArrayLike<unknown>)
    : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
