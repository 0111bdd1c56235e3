import { checkNumber, checkPattern, checkText } from './check-scalar.js';
import { memberPath } from './describe-value.js';
import { Findings } from './findings.js';
import { messageOf } from './message-of.js';
import { resolveRef, type JsonSchema, type JsonType } from './schema.js';
import { stableText } from './stable-text.js';
import { OutOfSteps, StepBudget } from './step-budget.js';
import { violation, type Violation } from './violation.js';

const DEEPEST = 64;
/** A schema of our own comes back to itself in `$ref` for each level of a value, which has few. */
const DEEPEST_OF_OURS = 256;

/** Options of a check beside schema and value. */
export interface CheckOptions {
  /** Schema that `$ref` refers to. @default the schema itself */
  readonly root?: JsonSchema | undefined;
  /** Shared with other walks; if it is used up, `OutOfSteps` goes to the caller. @default one of its own */
  readonly budget?: StepBudget | undefined;
  /** True if the schema is our own: then its patterns are checked, and it may be nested 256 deep. @default false */
  readonly ours?: boolean | undefined;
}

/**
 * Checks a value against a schema, by interpretation: no code is generated, so it works under any content security
 * policy, and a schema from a stranger can do no harm: its work is bounded by a `StepBudget`, its depth by 64.
 * @returns the violations, in the order of the value, the first 100; empty if it fits
 * @throws {OutOfSteps} the budget that was given is used up
 */
export function checkValue(
  schema: JsonSchema,
  value: unknown,
  { root = schema, budget: shared, ours = false }: CheckOptions = {},
): Violation[] {
  const budget = shared ?? new StepBudget();
  const found = new Findings(budget);
  try {
    return found.collect(() =>
      check(schema, value, { run: { root, budget, ours, choices: new Map() }, path: '$', depth: 0, found }),
    );
  } catch (error) {
    if (shared !== undefined || !(error instanceof OutOfSteps)) throw error;
    return [...found.list, violation('$', undefined, 'steps', `${error.message} to check`)];
  }
}

interface Run {
  root: JsonSchema;
  budget: StepBudget;
  ours: boolean;
  /** The texts of the values that a schema allows. */
  choices: Map<JsonSchema, ReadonlySet<string>>;
}

/** Position of a check, and the list for its violations. */
interface Place {
  run: Run;
  path: string;
  depth: number;
  found: Findings;
}

function inside(place: Place, key: string | number): Place {
  return { ...place, path: memberPath(place.path, key), depth: place.depth + 1 };
}

function report(
  { path, found }: Place,
  { value, keyword, message }: { value: unknown; keyword: string; message: string },
): void {
  found.add(violation(path, value, keyword, message));
}

function check(schema: JsonSchema, value: unknown, place: Place): void {
  const { run, path, depth, found } = place;
  run.budget.spend();
  if (depth > (run.ours ? DEEPEST_OF_OURS : DEEPEST)) {
    found.add(violation(path, value, 'depth', 'is nested too deeply'));
    return;
  }
  const wrongType = checkType(schema, value, path);
  if (wrongType !== undefined) {
    found.add(wrongType);
    return;
  }
  checkChoice(schema, value, place);
  checkNested(schema, value, place);
  if (typeof value === 'number') for (const each of checkNumber(schema, value, path)) found.add(each);
  if (typeof value === 'string') {
    run.budget.spendText(value);
    const wrongLength = checkText(schema, value, path);
    for (const each of wrongLength) found.add(each);
    if (run.ours && wrongLength.length === 0)
      for (const each of checkPattern(schema, value, path)) found.add(each);
  } else if (Array.isArray(value)) checkArray(schema, value, place);
  else if (isObject(value)) checkObject(schema, value, place);
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

function checkChoice(schema: JsonSchema, value: unknown, place: Place): void {
  const { budget, choices: known } = place.run;
  const choices = schema.const === undefined ? schema.enum : [schema.const];
  if (choices === undefined) return;
  let texts = known.get(schema);
  if (texts === undefined) {
    texts = new Set(choices.map((choice) => stableText(choice, budget)));
    known.set(schema, texts);
  }
  if (texts.has(stableText(value, budget))) return;
  budget.spend(choices.length);
  report(place, { value, keyword: 'enum', message: messageOf('enum', schema, { value }) });
}

function checkNested(schema: JsonSchema, value: unknown, place: Place): void {
  const deeper = { ...place, depth: place.depth + 1 };
  if (schema.$ref !== undefined) {
    place.run.budget.spendText(schema.$ref);
    const target = resolveRef(schema.$ref, place.run.root);
    if (target !== undefined) check(target, value, deeper);
    else {
      const message = `is described by "${schema.$ref}", which is not there`;
      report(place, { value, keyword: '$ref', message });
    }
  }
  for (const each of schema.allOf ?? []) check(each, value, deeper);
  if (schema.anyOf !== undefined) checkAnyOf(schema, value, deeper);
}

/**
 * Reports the complaints of one branch alone if it is the only one that accepts the type of the value; otherwise one complaint
 * about all branches.
 */
function checkAnyOf(schema: JsonSchema, value: unknown, place: Place): void {
  const results: Violation[][] = [];
  for (const branch of schema.anyOf ?? []) {
    const found = new Findings(place.run.budget);
    const complaints = found.collect(() => check(branch, value, { ...place, found }));
    if (complaints.length === 0) return;
    results.push(complaints);
  }
  const ofType = results.filter(
    (found) => !found.some(({ keyword, path }) => keyword === 'type' && path === place.path),
  );
  if (ofType.length === 1) {
    for (const each of ofType[0] as Violation[]) place.found.add(each);
    return;
  }
  const { title } = schema;
  const message =
    title === undefined ? results.map(([first]) => first?.rule).join(', or ') : `must be ${title}`;
  report(place, { value, keyword: 'anyOf', message });
}

function checkArray(schema: JsonSchema, value: readonly unknown[], place: Place): void {
  const { budget } = place.run;
  const wrong = (keyword: string): void =>
    report(place, { value, keyword, message: messageOf(keyword, schema) });
  if (value.length < (schema.minItems ?? 0)) wrong('minItems');
  if (value.length > (schema.maxItems ?? Infinity)) {
    wrong('maxItems');
    return;
  }
  if (schema.items !== undefined) {
    for (const [index, item] of value.entries()) check(schema.items, item, inside(place, index));
  }
  if (schema.uniqueItems !== true) return;
  const seen = new Set<string>();
  for (const [index, item] of value.entries()) {
    const key = stableText(item, budget);
    if (seen.has(key)) {
      const message = messageOf('uniqueItems', schema);
      report(inside(place, index), { value: item, keyword: 'uniqueItems', message });
    }
    seen.add(key);
  }
}

function checkObject(schema: JsonSchema, value: Record<string, unknown>, place: Place): void {
  const { budget } = place.run;
  const keys = Object.keys(value);
  budget.spend(keys.length);
  if (keys.length > (schema.maxProperties ?? Infinity)) {
    report(place, { value, keyword: 'maxProperties', message: messageOf('maxProperties', schema) });
    return;
  }
  for (const key of schema.required ?? []) {
    budget.spendText(key);
    if (Object.hasOwn(value, key)) continue;
    const message = messageOf('required', schema, { key });
    report(inside(place, key), { value: undefined, keyword: 'required', message });
  }
  for (const key of keys) checkMember(schema, { key, item: value[key] }, place);
}

function checkMember(schema: JsonSchema, { key, item }: { key: string; item: unknown }, place: Place): void {
  const { budget } = place.run;
  const { properties = {}, additionalProperties, propertyNames } = schema;
  budget.spendText(key);
  const at = inside(place, key);
  if (propertyNames !== undefined) {
    const found = new Findings(budget);
    const wrong = found.collect(() => check(propertyNames, key, { ...at, found }));
    for (const each of wrong) place.found.add({ ...each, message: `has a name that ${each.message}` });
  }
  const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (own !== undefined) check(own, item, at);
  else if (typeof additionalProperties === 'object') check(additionalProperties, item, at);
  else if (additionalProperties === false) {
    // To look for the name that was meant costs as much as there are names.
    budget.spend(Object.keys(properties).length);
    const message = messageOf('additionalProperties', schema, { key });
    report(at, { value: item, keyword: 'additionalProperties', message });
  }
}
