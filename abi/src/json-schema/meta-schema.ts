import type { JsonSchema } from './schema.js';

const TEXT: JsonSchema = { type: 'string', maxLength: 10_000 };
const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
const SUBSCHEMA: JsonSchema = { $ref: '#/$defs/jsonSchema' };
const TYPE: JsonSchema = {
  type: 'string',
  enum: ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'],
};

/**
 * The schema of schemas that a plugin may bring: the supported part of JSON Schema without `pattern`, since a stranger's
 * regular expression can keep a host busy for hours. To stand as `#/$defs/jsonSchema` in a larger schema.
 */
export const META_SCHEMA: JsonSchema = {
  title: 'a JSON Schema',
  type: 'object',
  properties: {
    $schema: TEXT,
    $id: TEXT,
    $comment: TEXT,
    $ref: { title: '"#" or "#/$defs/<name>"', type: 'string', pattern: '^#(?:/\\$defs/[^/]+)?$' },
    $defs: { type: 'object', maxProperties: 1000, additionalProperties: SUBSCHEMA },
    title: TEXT,
    description: TEXT,
    default: {},
    examples: { type: 'array', items: {} },
    deprecated: { type: 'boolean' },
    format: { ...TEXT, description: 'An annotation; it is not checked.' },
    type: {
      title: 'a type, or an array of types',
      anyOf: [TYPE, { type: 'array', items: TYPE, minItems: 1, uniqueItems: true }],
    },
    enum: { type: 'array', items: {}, minItems: 1, maxItems: 10_000 },
    const: {},
    anyOf: { type: 'array', items: SUBSCHEMA, minItems: 1, maxItems: 100 },
    allOf: { type: 'array', items: SUBSCHEMA, minItems: 1, maxItems: 100 },
    minimum: { type: 'number' },
    maximum: { type: 'number' },
    exclusiveMinimum: { type: 'number' },
    exclusiveMaximum: { type: 'number' },
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
    minLength: COUNT,
    maxLength: COUNT,
    items: SUBSCHEMA,
    minItems: COUNT,
    maxItems: COUNT,
    uniqueItems: { type: 'boolean' },
    properties: {
      type: 'object',
      maxProperties: 1000,
      propertyNames: {
        title: 'letters, digits, "-" and "_": a setting is called by its path, joined by dots',
        pattern: '^[A-Za-z0-9_-]{1,64}$',
      },
      additionalProperties: SUBSCHEMA,
    },
    required: { type: 'array', items: TEXT, uniqueItems: true },
    additionalProperties: { title: 'true, false or a schema', anyOf: [{ type: 'boolean' }, SUBSCHEMA] },
    propertyNames: SUBSCHEMA,
    maxProperties: COUNT,
  },
  additionalProperties: false,
};
