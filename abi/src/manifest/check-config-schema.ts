import type { Problem } from '../errors.js';
import { checkValue, memberPath, resolveRef, type JsonSchema } from '../json-schema/index.js';

/**
 * Checks what the schema of schemas cannot say: that each `$ref` leads somewhere, that each default fits its own schema,
 * and that the whole describes an object.
 */
export function checkConfigSchema(root: JsonSchema, path: string): Problem[] {
  const found: Problem[] = [];
  if (root.type !== 'object') {
    found.push({ path: `${path}.type`, value: root.type, message: 'must be "object": settings have names' });
  }
  for (const [at, schema] of subschemas(root, path)) {
    if (schema.$ref !== undefined && resolveRef(schema.$ref, root) === undefined) {
      found.push({
        path: `${at}.$ref`,
        value: schema.$ref,
        message: 'must be "#" or a name in "$defs" of this schema',
      });
    }
    if (schema.default === undefined) continue;
    found.push(
      ...checkValue(schema, schema.default, root)
        .filter(({ keyword }) => keyword !== 'required')
        .slice(0, 1)
        .map(({ message }) => ({
          path: `${at}.default`,
          value: schema.default,
          message: `does not fit its own schema: it ${message}`,
        })),
    );
  }
  return found;
}

/** Every schema in a schema, itself first, with its path. */
function* subschemas(schema: JsonSchema, path: string): Generator<[string, JsonSchema]> {
  yield [path, schema];
  for (const key of ['$defs', 'properties'] as const) {
    for (const [name, inner] of Object.entries(schema[key] ?? {})) {
      yield* subschemas(inner, memberPath(`${path}.${key}`, name));
    }
  }
  for (const key of ['anyOf', 'allOf'] as const) {
    for (const [index, inner] of (schema[key] ?? []).entries())
      yield* subschemas(inner, `${path}.${key}[${index}]`);
  }
  for (const key of ['items', 'propertyNames', 'additionalProperties'] as const) {
    const inner = schema[key];
    if (typeof inner === 'object') yield* subschemas(inner, `${path}.${key}`);
  }
}
