import { memberPath, messageOf, violation, type Violation } from '../json-schema/index.js';
import type { SchemaError } from './schema-error.js';

/** More help nobody. */
const MOST_PROBLEMS = 100;
/** What ajv says beyond these is only counted. */
const MOST_READ = 1000;

/**
 * Turns what ajv says into our words: the JSON path, the value, what is allowed, and the name that was meant.
 * @param root what was checked
 */
export function explainErrors(errors: readonly SchemaError[], root: unknown): Violation[] {
  const read = errors.slice(0, MOST_READ);
  const kept = withoutEchoes(mergeBranches(read));
  const shown = kept.slice(0, MOST_PROBLEMS).map((error) => explain(error, root));
  const more = kept.length - shown.length + errors.length - read.length;
  return more === 0 ? shown : [...shown, violation('$', undefined, 'more', `has ${more} more problems`)];
}

/**
 * ajv lists what every branch of an `anyOf` complains about, then the `anyOf`. Where one branch wants this type of value, its
 * complaints are those that help; otherwise that of the `anyOf` does.
 */
function mergeBranches(errors: readonly SchemaError[]): SchemaError[] {
  const merged: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf') {
      merged.push(error);
      continue;
    }
    let first = merged.length;
    while (first > 0 && isInside(merged[first - 1] as SchemaError, error.instancePath)) first--;
    const complaints = merged
      .splice(first)
      .filter(({ keyword, instancePath }) => keyword !== 'type' || instancePath !== error.instancePath);
    const branches = new Set(complaints.map(({ schemaPath }) => branchOf(schemaPath, error.schemaPath)));
    merged.push(...(branches.size === 1 ? complaints : [error]));
  }
  return merged;
}

function isInside({ instancePath }: SchemaError, path: string): boolean {
  return instancePath === path || instancePath.startsWith(`${path}/`);
}

/** Which branch of an `anyOf` a rule is in: its number, or none for what is behind a `$ref`. */
function branchOf(rule: string, anyOf: string): string | undefined {
  return rule.startsWith(`${anyOf}/`) ? rule.slice(anyOf.length + 1).split('/')[0] : undefined;
}

/** Leaves out what only repeats another error: that of the names as a whole, and the pattern of text of a wrong length. */
function withoutEchoes(errors: readonly SchemaError[]): SchemaError[] {
  const wrongLengths = new Set(
    errors.filter(({ keyword }) => /^m..Length$/.test(keyword)).map((error) => placeOf(error)),
  );
  return errors.filter(
    (error) =>
      error.keyword !== 'propertyNames' && !(error.keyword === 'pattern' && wrongLengths.has(placeOf(error))),
  );
}

function placeOf({ instancePath, propertyName = '' }: SchemaError): string {
  return `${instancePath}\0${propertyName}`;
}

function explain(error: SchemaError, root: unknown): Violation {
  const { keyword, params, propertyName, parentSchema, data } = error;
  const path = pathFrom(error.instancePath, root);
  if (propertyName !== undefined) {
    const named = violation(
      memberPath(path, propertyName),
      propertyName,
      keyword,
      messageOf(keyword, parentSchema),
    );
    return { ...named, message: `has a name that ${named.message}` };
  }
  const key = params['missingProperty'] ?? params['additionalProperty'];
  if (typeof key === 'string') {
    const member = (data as Record<string, unknown>)[key];
    return violation(memberPath(path, key), member, keyword, messageOf(keyword, parentSchema, { key }));
  }
  if (keyword === 'uniqueItems') {
    const index = Math.max(params['i'] as number, params['j'] as number);
    const item = (data as readonly unknown[])[index];
    return violation(memberPath(path, index), item, keyword, messageOf(keyword, parentSchema));
  }
  return violation(path, data, keyword, messageOf(keyword, parentSchema, { value: data }));
}

/** Writes a JSON pointer as a path. */
function pathFrom(pointer: string, root: unknown): string {
  let [path, value] = ['$', root];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path = memberPath(path, Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown>)[key];
  }
  return path;
}
