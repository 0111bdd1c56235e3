import { messageOf } from './message-of.js';
import type { JsonSchema } from './schema.js';
import { violation, type Violation } from './violation.js';

/** Checks the keywords for numbers. */
export function checkNumber(schema: JsonSchema, value: number, path: string): Violation[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  return violations(schema, { value, path }, [
    ['minimum', minimum !== undefined && value < minimum],
    ['maximum', maximum !== undefined && value > maximum],
    ['exclusiveMinimum', exclusiveMinimum !== undefined && value <= exclusiveMinimum],
    ['exclusiveMaximum', exclusiveMaximum !== undefined && value >= exclusiveMaximum],
    ['multipleOf', multipleOf !== undefined && !Number.isInteger(value / multipleOf)],
  ]);
}

/** Checks the keywords for the length of text, in Unicode code points. */
export function checkText(schema: JsonSchema, value: string, path: string): Violation[] {
  const { minLength, maxLength } = schema;
  if (minLength === undefined && maxLength === undefined) return [];
  const length = lengthOf(value);
  return violations(schema, { value, path }, [
    ['minLength', minLength !== undefined && length < minLength],
    ['maxLength', maxLength !== undefined && length > maxLength],
  ]);
}

const patterns = new WeakMap<JsonSchema, RegExp>();

/** Checks the `pattern` of a schema of our own: it may take any time, which a stranger's must not. */
export function checkPattern(schema: JsonSchema, value: string, path: string): Violation[] {
  if (schema.pattern === undefined) return [];
  let pattern = patterns.get(schema);
  if (pattern === undefined) patterns.set(schema, (pattern = new RegExp(schema.pattern, 'u')));
  return violations(schema, { value, path }, [['pattern', !pattern.test(value)]]);
}

function violations(
  schema: JsonSchema,
  { value, path }: { value: unknown; path: string },
  checks: readonly (readonly [keyword: string, broken: boolean])[],
): Violation[] {
  return checks
    .filter(([, broken]) => broken)
    .map(([keyword]) => violation(path, value, keyword, messageOf(keyword, schema)));
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
