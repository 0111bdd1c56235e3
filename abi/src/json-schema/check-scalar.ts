import type { JsonSchema } from './schema.js';
import { violation, type Violation } from './violation.js';

/** Checks what a schema says about numbers. */
export function checkNumber(schema: JsonSchema, value: number, path: string): Violation[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const found: Violation[] = [];
  const refuse = (keyword: string, wanted: string): unknown =>
    found.push(violation(path, value, keyword, `must be ${wanted}`));
  if (minimum !== undefined && value < minimum) refuse('minimum', `${minimum} or more`);
  if (maximum !== undefined && value > maximum) refuse('maximum', `${maximum} or less`);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    refuse('exclusiveMinimum', `more than ${exclusiveMinimum}`);
  }
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    refuse('exclusiveMaximum', `less than ${exclusiveMaximum}`);
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    refuse('multipleOf', `a multiple of ${multipleOf}`);
  }
  return found;
}

/** Checks what a schema says about text. Lengths count Unicode code points. */
export function checkText(schema: JsonSchema, value: string, path: string): Violation[] {
  const { minLength, maxLength, pattern, title } = schema;
  const found: Violation[] = [];
  const refuse = (keyword: string, wanted: string): unknown =>
    found.push(violation(path, value, keyword, `must be ${wanted}`));
  const length = minLength === undefined && maxLength === undefined ? 0 : lengthOf(value);
  if (minLength !== undefined && length < minLength) {
    refuse(
      'minLength',
      minLength === 1 ? 'text that is not empty' : `text of ${minLength} characters or more`,
    );
  }
  if (maxLength !== undefined && length > maxLength) {
    refuse('maxLength', `text of at most ${maxLength} characters`);
    return found;
  }
  if (pattern !== undefined && found.length === 0 && !new RegExp(pattern, 'u').test(value)) {
    refuse('pattern', title ?? `text that matches ${pattern}`);
  }
  return found;
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
