import { resolveRef, type JsonSchema } from './schema.js';
import type { StepBudget } from './step-budget.js';

const DEEPEST = 64;

/**
 * Returns a copy of a value in which every missing member that has a `default` has it. A nested default needs its parent:
 * give the parent `"default": {}`. Looks into `properties`, `items`, `allOf` and `$ref`, not into `anyOf`.
 * @throws {OutOfSteps} the budget is used up
 */
export function fillDefaults(schema: JsonSchema, value: unknown, budget: StepBudget): unknown {
  return fill(schema, value, { root: schema, budget, depth: 0 });
}

interface Place {
  root: JsonSchema;
  budget: StepBudget;
  depth: number;
}

function fill(schema: JsonSchema, value: unknown, place: Place): unknown {
  place.budget.spend();
  if (typeof value !== 'object' || value === null || place.depth > DEEPEST) return value;
  const deeper = { ...place, depth: place.depth + 1 };
  const target = targetOf(schema, place);
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
  place.budget.spend(members.size);
  for (const [key, property] of Object.entries(properties)) {
    place.budget.spend();
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
  const found = schema.default === undefined ? targetOf(schema, place)?.default : schema.default;
  return found === undefined ? undefined : copy(found, place.budget);
}

function targetOf({ $ref }: JsonSchema, { root, budget }: Place): JsonSchema | undefined {
  if ($ref === undefined) return undefined;
  budget.spendText($ref);
  return resolveRef($ref, root);
}

function copy(value: unknown, budget: StepBudget): unknown {
  budget.spend();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, budget));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item, budget)]));
}
