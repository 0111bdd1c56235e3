import { resolveRef, type JsonSchema } from './schema.js';

const DEEPEST = 64;

/**
 * Gives a copy of a value in which every missing member that has a `default` has it. A nested default needs its parent:
 * give the parent `"default": {}`. Looks into `properties`, `items`, `allOf` and `$ref`, not into `anyOf`.
 */
export function fillDefaults(schema: JsonSchema, value: unknown): unknown {
  return fill(schema, value, { root: schema, depth: 0 });
}

interface Place {
  root: JsonSchema;
  depth: number;
}

function fill(schema: JsonSchema, value: unknown, place: Place): unknown {
  if (typeof value !== 'object' || value === null || place.depth > DEEPEST) return value;
  const deeper = { root: place.root, depth: place.depth + 1 };
  const target = schema.$ref === undefined ? undefined : resolveRef(schema.$ref, place.root);
  let filled: unknown = value;
  if (target !== undefined) filled = fill(target, filled, deeper);
  for (const each of schema.allOf ?? []) filled = fill(each, filled, deeper);
  if (Array.isArray(filled)) {
    const { items } = schema;
    return items === undefined ? filled : filled.map((item) => fill(items, item, deeper));
  }
  return fillObject(schema, filled as Record<string, unknown>, deeper);
}

function fillObject(schema: JsonSchema, value: Record<string, unknown>, place: Place): unknown {
  const { properties = {}, additionalProperties } = schema;
  const members = new Map(Object.entries(value));
  for (const [key, property] of Object.entries(properties)) {
    const given = members.has(key) ? members.get(key) : defaultOf(property, place);
    if (given !== undefined) members.set(key, fill(property, given, place));
  }
  if (typeof additionalProperties === 'object') {
    for (const [key, item] of members) {
      if (!Object.hasOwn(properties, key)) members.set(key, fill(additionalProperties, item, place));
    }
  }
  return Object.fromEntries(members);
}

function defaultOf(schema: JsonSchema, place: Place): unknown {
  if (schema.default !== undefined) return structuredClone(schema.default);
  const target = schema.$ref === undefined ? undefined : resolveRef(schema.$ref, place.root);
  return target?.default === undefined ? undefined : structuredClone(target.default);
}
