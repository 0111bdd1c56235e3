import type { JsonSchema } from '../json-schema/index.js';

/** What the generated validator says of a broken rule: the part of ajv's error that we use. */
export interface SchemaError {
  readonly keyword: string;
  /** Where the value is, as a JSON pointer. */
  readonly instancePath: string;
  /** Where the rule is, as a JSON pointer. */
  readonly schemaPath: string;
  /** The schema that the rule stands in. */
  readonly parentSchema: JsonSchema;
  /** The value; the name, where a rule for names is broken. */
  readonly data: unknown;
  readonly params: Readonly<Record<string, unknown>>;
  /** Where a rule for names is broken: the name. */
  readonly propertyName?: string;
}
