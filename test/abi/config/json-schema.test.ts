import { ConfigError } from '@wasm-plugin/abi';
import { resolveConfig } from '@wasm-plugin/abi/config';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { mutateJson } from '../../support/mutate-json.js';
import { Random } from '../../support/random.js';
import { SMALL_MANIFEST } from '../manifest/full-manifest.js';

/** Uses every keyword that a plugin's schema may have. */
const SCHEMA = {
  type: 'object',
  $defs: { point: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 3 } },
  properties: {
    gain: { type: 'number', minimum: -24, maximum: 24 },
    share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    steps: { type: 'integer', multipleOf: 4 },
    name: { type: 'string', minLength: 2, maxLength: 4 },
    mode: { enum: ['low', 'high', null, { deep: [1] }] },
    kind: { const: 'eq' },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    place: { $ref: '#/$defs/point' },
    size: { anyOf: [{ type: 'integer' }, { type: 'string', maxLength: 3 }] },
    both: { allOf: [{ type: ['number', 'string'] }, { minimum: 5, minLength: 2 }] },
    table: {
      type: 'object',
      propertyNames: { maxLength: 3 },
      additionalProperties: { type: 'boolean' },
      maxProperties: 2,
    },
    inner: {
      type: 'object',
      properties: { a: { type: 'null' } },
      required: ['a'],
      additionalProperties: false,
    },
  },
  required: ['gain'],
  additionalProperties: false,
};

const VALUE = {
  gain: 3,
  share: 0.5,
  steps: 8,
  name: 'abc',
  mode: { deep: [1] },
  kind: 'eq',
  tags: ['a', 'b'],
  place: [1, 2],
  size: 'x',
  both: 7,
  table: { x: true },
  inner: { a: null },
};

const { configSchema: schema } = parseManifest({ ...SMALL_MANIFEST, config: { schema: SCHEMA } });
const validate = new Ajv2020({ strict: false }).compile(SCHEMA);

function weAccept(value: unknown): boolean {
  try {
    resolveConfig(value, { plugin: 'acme.small', schema });
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

describe('the schema of a configuration', () => {
  it('means to us what it means to ajv, for 3,000 mutated configurations', () => {
    const random = new Random(11);
    const verdicts = { accepted: 0, refused: 0 };
    expect(weAccept(VALUE)).toBe(true);
    for (let index = 0; index < 3000; index++) {
      let value: unknown = VALUE;
      for (let count = random.below(3); count >= 0; count--) value = mutateJson(value, random);
      const accepted = weAccept(value);
      verdicts[accepted ? 'accepted' : 'refused']++;
      if (validate(value) !== accepted) {
        expect.fail(
          `ajv ${accepted ? 'refuses' : 'accepts'} ${JSON.stringify(value)}: ${JSON.stringify(validate.errors)}`,
        );
      }
    }
    expect(verdicts.accepted).toBeGreaterThan(150);
    expect(verdicts.refused).toBeGreaterThan(150);
  });
});
