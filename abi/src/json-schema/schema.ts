/** A value that JSON text can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The type names of JSON Schema. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/**
 * The part of JSON Schema (2020-12) that a plugin may describe its configuration with. A keyword that is not here is not
 * supported, and the schema of manifests refuses it by name; nothing is ignored silently. `format`, `examples` and the like are
 * annotations, for editors and forms.
 */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $comment?: string;
  /** `#`, or `#/$defs/<name>`. */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  /** Used in messages if no keyword names the wanted value: "must be <title>". */
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly deprecated?: boolean;
  readonly format?: string;

  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];

  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;

  readonly minLength?: number;
  readonly maxLength?: number;
  /** Of the schema of manifests, which is our own. A plugin's may not have it: see `META_SCHEMA`. */
  readonly pattern?: string;

  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;

  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly maxProperties?: number;
}

/** Returns the schema that a `$ref` names; `undefined` if it does not exist. */
export function resolveRef(ref: string, root: JsonSchema): JsonSchema | undefined {
  if (ref === '#') return root;
  const name = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1];
  return name !== undefined && Object.hasOwn(root.$defs ?? {}, name) ? root.$defs?.[name] : undefined;
}
