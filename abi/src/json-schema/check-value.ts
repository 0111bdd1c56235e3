import { checkNumber, checkText } from './check-scalar.js';
import { memberPath } from './describe-value.js';
import { messageOf } from './message-of.js';
import { resolveRef, type JsonSchema, type JsonType } from './schema.js';
import { violation, type Violation } from './violation.js';

const DEEPEST = 64;
const MOST_STEPS = 200_000;

/**
 * Checks a value against a schema, by interpretation: no code is generated, so it works under any content security
 * policy, and a schema from a stranger can do no harm: depth and work are bounded.
 * @param root what `$ref` refers to; the schema itself where it is not a part of another
 * @returns every violation, in the order of the value; empty where it fits
 */
export function checkValue(schema: JsonSchema, value: unknown, root = schema): Violation[] {
  const run: Run = { root, steps: 0 };
  const found = check(schema, value, { run, path: '$', depth: 0 });
  // Once the steps are used up every branch ends without a complaint, so this one is made here.
  if (run.steps <= MOST_STEPS) return found;
  return [...found, violation('$', undefined, 'steps', `takes more than ${MOST_STEPS} steps to check`)];
}

interface Run {
  root: JsonSchema;
  steps: number;
}

/** Where a check stands. */
interface Place {
  run: Run;
  path: string;
  depth: number;
}

function inside(place: Place, key: string | number): Place {
  return { run: place.run, path: memberPath(place.path, key), depth: place.depth + 1 };
}

function check(schema: JsonSchema, value: unknown, place: Place): Violation[] {
  const { run, path, depth } = place;
  if (depth > DEEPEST) return [violation(path, value, 'depth', 'is nested too deeply')];
  if (run.steps++ >= MOST_STEPS) return [];
  const wrongType = checkType(schema, value, path);
  if (wrongType !== undefined) return [wrongType];
  const found = [...checkChoice(schema, value, place), ...checkNested(schema, value, place)];
  if (typeof value === 'number') found.push(...checkNumber(schema, value, path));
  else if (typeof value === 'string') found.push(...checkText(schema, value, path));
  else if (Array.isArray(value)) found.push(...checkArray(schema, value, place));
  else if (isObject(value)) found.push(...checkObject(schema, value, place));
  return found;
}

function checkType(schema: JsonSchema, value: unknown, path: string): Violation | undefined {
  const { type } = schema;
  if (type === undefined) return undefined;
  const types = typeof type === 'string' ? [type] : (type as readonly JsonType[]);
  if (types.some((each) => isOfType(value, each))) return undefined;
  return violation(path, value, 'type', messageOf('type', schema));
}

function isOfType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      return typeof value === type;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkChoice(schema: JsonSchema, value: unknown, { run, path }: Place): Violation[] {
  const choices = schema.const === undefined ? schema.enum : [schema.const];
  if (choices === undefined) return [];
  run.steps += choices.length;
  const key = stableText(value);
  if (choices.some((choice) => stableText(choice) === key)) return [];
  return [violation(path, value, 'enum', messageOf('enum', schema, { value }))];
}

/** The text of a value that equals that of every equal value. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function checkNested(schema: JsonSchema, value: unknown, place: Place): Violation[] {
  const found: Violation[] = [];
  const deeper = { ...place, depth: place.depth + 1 };
  if (schema.$ref !== undefined) {
    const target = resolveRef(schema.$ref, place.run.root);
    if (target === undefined)
      return [violation(place.path, value, '$ref', `is described by "${schema.$ref}", which is not there`)];
    found.push(...check(target, value, deeper));
  }
  for (const each of schema.allOf ?? []) found.push(...check(each, value, deeper));
  if (schema.anyOf !== undefined) found.push(...checkAnyOf(schema, value, deeper));
  return found;
}

/** Where one branch wants this type of value, its complaints are those that help. */
function checkAnyOf(schema: JsonSchema, value: unknown, place: Place): Violation[] {
  const results: Violation[][] = [];
  for (const branch of schema.anyOf ?? []) {
    const found = check(branch, value, place);
    if (found.length === 0) return [];
    results.push(found);
  }
  const ofType = results.filter(
    (found) => !found.some(({ keyword, path }) => keyword === 'type' && path === place.path),
  );
  if (ofType.length === 1) return ofType[0] as Violation[];
  const wanted =
    schema.title ?? results.map(([first]) => first?.message.replace(/^.*?: must be /, '')).join(', or ');
  return [violation(place.path, value, 'anyOf', `must be ${wanted}`)];
}

function checkArray(schema: JsonSchema, value: readonly unknown[], place: Place): Violation[] {
  const found: Violation[] = [];
  const { path } = place;
  if (value.length < (schema.minItems ?? 0)) {
    found.push(violation(path, value, 'minItems', messageOf('minItems', schema)));
  }
  if (value.length > (schema.maxItems ?? Infinity)) {
    found.push(violation(path, value, 'maxItems', messageOf('maxItems', schema)));
    return found;
  }
  if (schema.items !== undefined) {
    for (const [index, item] of value.entries())
      found.push(...check(schema.items, item, inside(place, index)));
  }
  if (schema.uniqueItems === true) {
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      const key = stableText(item);
      if (seen.has(key))
        found.push(violation(memberPath(path, index), item, 'uniqueItems', messageOf('uniqueItems', schema)));
      seen.add(key);
    }
  }
  return found;
}

function checkObject(schema: JsonSchema, value: Record<string, unknown>, place: Place): Violation[] {
  const found: Violation[] = [];
  const { properties = {}, additionalProperties } = schema;
  const keys = Object.keys(value);
  if (keys.length > (schema.maxProperties ?? Infinity)) {
    return [violation(place.path, value, 'maxProperties', messageOf('maxProperties', schema))];
  }
  for (const key of schema.required ?? []) {
    if (Object.hasOwn(value, key)) continue;
    const message = messageOf('required', schema, { key });
    found.push(violation(memberPath(place.path, key), undefined, 'required', message));
  }
  for (const key of keys) {
    const at = inside(place, key);
    const item = value[key];
    if (schema.propertyNames !== undefined) {
      const wrong = check(schema.propertyNames, key, at);
      found.push(...wrong.map((each) => ({ ...each, message: `has a name that ${each.message}` })));
    }
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (own !== undefined) found.push(...check(own, item, at));
    else if (additionalProperties === false) {
      const message = messageOf('additionalProperties', schema, { key });
      found.push(violation(at.path, item, 'additionalProperties', message));
    } else if (typeof additionalProperties === 'object') found.push(...check(additionalProperties, item, at));
  }
  return found;
}
