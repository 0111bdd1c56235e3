import { nearestName } from '../nearest-name.js';
import { alternatives, listOf } from './describe-value.js';
import type { JsonSchema, JsonType } from './schema.js';

/** Describes the rule that a value breaks, by the keyword of its schema: "must be …", "is missing …". */
export function messageOf(
  keyword: string,
  schema: JsonSchema,
  { value, key = '' }: { value?: unknown; key?: string } = {},
): string {
  const { title } = schema;
  switch (keyword) {
    case 'type':
      return `must be ${typeNames(schema)}${title === undefined ? '' : `: ${title}`}`;
    case 'enum':
    case 'const':
      return choiceMessage(schema.const === undefined ? (schema.enum ?? []) : [schema.const], value);
    case 'minimum':
      return `must be ${schema.minimum} or more`;
    case 'maximum':
      return `must be ${schema.maximum} or less`;
    case 'exclusiveMinimum':
      return `must be more than ${schema.exclusiveMinimum}`;
    case 'exclusiveMaximum':
      return `must be less than ${schema.exclusiveMaximum}`;
    case 'multipleOf':
      return `must be a multiple of ${schema.multipleOf}`;
    case 'minLength':
      return `must be ${schema.minLength === 1 ? 'text that is not empty' : `text of ${schema.minLength} characters or more`}`;
    case 'maxLength':
      return `must be text of at most ${schema.maxLength} characters`;
    case 'pattern':
      return `must be ${title ?? `text that matches ${schema.pattern}`}`;
    case 'minItems':
      return `must have ${schema.minItems} items or more`;
    case 'maxItems':
      return `must have at most ${schema.maxItems} items`;
    case 'uniqueItems':
      return 'must not be there twice';
    case 'maxProperties':
      return `must have at most ${schema.maxProperties} members`;
    case 'required':
      return missingMessage(schema.properties?.[key]);
    case 'additionalProperties':
      return unknownKeyMessage(key, Object.keys(schema.properties ?? {}));
    default:
      return `must be ${title ?? `what "${keyword}" says`}`;
  }
}

const NAMES: Readonly<Record<JsonType, string>> = {
  null: 'null',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  array: 'an array',
  object: 'an object',
};

function typeNames({ type = [] }: JsonSchema): string {
  const types = typeof type === 'string' ? [type] : type;
  return types.map((each) => NAMES[each]).join(' or ');
}

function choiceMessage(choices: readonly unknown[], value: unknown): string {
  const names = choices.filter((choice) => typeof choice === 'string');
  const nearest = typeof value === 'string' ? nearestName(value, names) : undefined;
  return `must be ${alternatives(choices)}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`;
}

function missingMessage(property: JsonSchema | undefined): string {
  const wanted = property?.title ?? property?.description;
  return `is missing${wanted === undefined ? '' : `: ${wanted}`}`;
}

function unknownKeyMessage(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  if (nearest !== undefined) return `is not a known key; did you mean "${nearest}"?`;
  return `is not a known key; ${known.length === 0 ? 'there are none' : `there may be ${listOf(known)}`}`;
}
