import type { MigrationTarget } from './migrations.js';

/**
 * A migration for states that are JSON objects: takes the state that the new version serializes when it is fresh, and fills
 * in every field of the old state that has the same name and the same kind of value there, objects field by field. Fields
 * that only the old state has are dropped.
 * @throws {SyntaxError} for a state that is not JSON
 * @throws {TypeError} for one that is not an object
 * @example
 * const bytes = (text) => new TextEncoder().encode(text);
 * const merged = copyFields(bytes('{"gain":2,"old":1}'), { template: () => bytes('{"gain":1,"mix":0}') });
 * console.log(new TextDecoder().decode(merged)); // prints: {"gain":2,"mix":0}
 */
export function copyFields(payload: Uint8Array, target: Pick<MigrationTarget, 'template'>): Uint8Array {
  const merged = merge(parseObject(target.template()), parseObject(payload));
  return new TextEncoder().encode(JSON.stringify(merged));
}

type Fields = Record<string, unknown>;

function merge(fresh: Fields, old: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fresh).map(([name, value]) => {
      if (!Object.hasOwn(old, name)) return [name, value];
      const carried = old[name];
      if (kindOf(carried) !== kindOf(value)) return [name, value];
      return [name, isFields(carried) && isFields(value) ? merge(value, carried) : carried];
    }),
  );
}

function parseObject(payload: Uint8Array): Fields {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  if (isFields(value)) return value;
  throw new TypeError(`a state must be a JSON object, it is ${kindOf(value)}`);
}

function isFields(value: unknown): value is Fields {
  return kindOf(value) === 'object';
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
