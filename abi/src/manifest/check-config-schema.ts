import type { Problem } from '../errors.js';
import {
  checkValue,
  fillDefaults,
  memberPath,
  OutOfSteps,
  resolveRef,
  StepBudget,
  type JsonSchema,
} from '../json-schema/index.js';

/**
 * Checks rules that the schema of schemas cannot express: each `$ref` leads somewhere, each default fits its own schema, the
 * whole describes an object, and an empty configuration can be resolved with it. One budget of steps bounds all of that, so a
 * schema that would keep a host busy is refused before any part of its plugin is loaded.
 */
export function checkConfigSchema(root: JsonSchema, path: string): Problem[] {
  const found: Problem[] = [];
  const budget = new StepBudget();
  try {
    checkParts(root, path, { budget, found });
    checkValue(root, fillDefaults(root, {}, budget), { budget });
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    const message = `${error.message} to resolve an empty configuration: its parts refer to each other too often`;
    found.push({ path, value: undefined, message });
  }
  return found.slice(0, MOST_PROBLEMS);
}

/** More help nobody. */
const MOST_PROBLEMS = 100;

function checkParts(
  root: JsonSchema,
  path: string,
  { budget, found }: { budget: StepBudget; found: Problem[] },
): void {
  if (root.type !== 'object') {
    found.push({ path: `${path}.type`, value: root.type, message: 'must be "object": settings have names' });
  }
  for (const [at, schema] of subschemas(root, path)) {
    budget.spend();
    if (schema.$ref !== undefined && resolveRef(schema.$ref, root) === undefined) {
      found.push({
        path: `${at}.$ref`,
        value: schema.$ref,
        message: 'must be "#" or a name in "$defs" of this schema',
      });
    }
    if (schema.default === undefined) continue;
    found.push(
      ...checkValue(schema, schema.default, { root, budget })
        .filter(({ keyword }) => keyword !== 'required')
        .slice(0, 1)
        .map(({ message }) => ({
          path: `${at}.default`,
          value: schema.default,
          message: `does not fit its own schema: it ${message}`,
        })),
    );
  }
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
