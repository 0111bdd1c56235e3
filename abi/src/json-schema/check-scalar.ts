import { messageOf } from './message-of.js';
import type { JsonSchema } from './schema.js';
import { violation, type Violation } from './violation.js';

/** Checks what a schema says about numbers. */
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

/** Checks what a schema says about text. Lengths count Unicode code points. A `pattern` is not looked at. */
export function checkText(schema: JsonSchema, value: string, path: string): Violation[] {
  const { minLength, maxLength } = schema;
  if (minLength === undefined && maxLength === undefined) return [];
  const length = lengthOf(value);
  return violations(schema, { value, path }, [
    ['minLength', minLength !== undefined && length < minLength],
    ['maxLength', maxLength !== undefined && length > maxLength],
  ]);
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
