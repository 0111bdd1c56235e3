import { ConfigError, ManifestError } from '@wasm-plugin/abi';
import { resolveConfig, settingsFrom } from '@wasm-plugin/abi/config';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SMALL_MANIFEST } from '../../abi/manifest/full-manifest.js';
import { mutateJson } from '../../support/mutate-json.js';
import type { Random } from '../../support/random.js';
import type { Generator as FuzzGenerator } from '../generator.js';
import { within } from '../within.js';

interface Case {
  schema: Record<string, unknown>;
  config: unknown;
  /** True if ajv can judge it: no defaults, which it fills in another way, and no recursive part. */
  isPlain: boolean;
}

/** Names such as `toString` are left out: ajv takes inherited properties for members. */
const NAMES = ['a', 'b', 'c', 'd'];
const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const PARTS = 4;

/** Random schemas and configurations: they take bounded time, and we judge plain ones as ajv does. */
export const generator: FuzzGenerator<Case> = {
  name: 'schemas',
  testRuns: 100,
  make(random) {
    const isPlain = random.chance(0.7);
    const make: Making = { random, isPlain };
    const $defs = Object.fromEntries(
      Array.from({ length: PARTS }, (_, index) => [
        `d${index}`,
        partOf(make, { level: index + 1, depth: 0 }),
      ]),
    );
    let schema: unknown = { ...partOf(make, { level: 0, depth: 0 }), type: 'object', $defs };
    if (!isPlain && random.chance(0.3)) schema = mutateJson(schema, random);
    return { schema: schema as Case['schema'], config: valueOf(random, 0, true), isPlain };
  },
  check({ schema, config, isPlain }) {
    const manifest = JSON.stringify({ ...SMALL_MANIFEST, config: { schema } });
    try {
      const { configSchema } = within(3000, () => parseManifest(manifest));
      const values = within(3000, () => resolveConfig(config, { plugin: 'x', schema: configSchema }));
      const keys = settingsFrom(values).map(({ key }) => key);
      if (new Set(keys).size !== keys.length) throw new Error(`a key is there twice: ${keys.join()}`);
      if (isPlain && !ajvAccepts(schema, config)) throw new Error('ajv refuses it');
      return 'accepted';
    } catch (error) {
      if (error instanceof ManifestError) return error.code;
      if (!(error instanceof ConfigError)) throw error;
      const bounds = error.problems.some(({ message }) => /nested too deeply|steps/.test(message));
      if (isPlain && !bounds && ajvAccepts(schema, config))
        throw new Error(`ajv accepts it: ${error.message}`, { cause: error });
      return bounds ? 'bounded' : 'refused';
    }
  },
  *shrink({ schema, config, isPlain }) {
    for (const smaller of smallerValues(schema)) yield { schema: smaller as Case['schema'], config, isPlain };
    for (const smaller of smallerValues(config)) yield { schema, config: smaller, isPlain };
  },
  show: ({ schema, config }) => JSON.stringify({ schema, config }, undefined, 2),
};

interface Making {
  random: Random;
  isPlain: boolean;
}

/** Makes a schema that refers only to parts behind its own level, where it is to be plain. */
function partOf({ random, isPlain }: Making, { level, depth }: { level: number; depth: number }): object {
  const schema: Record<string, unknown> = {};
  const inner = (): object => partOf({ random, isPlain }, { level, depth: depth + 1 });
  const set = (chance: number, key: string, make: () => unknown): void => {
    if (random.chance(chance)) schema[key] = make();
  };
  const first = isPlain ? level : 0;
  if (first < PARTS) set(0.3, '$ref', () => `#/$defs/d${first + random.below(PARTS - first)}`);
  set(0.4, 'type', () =>
    random.chance(0.8) ? random.pick(TYPES) : [...new Set(random.many(2, () => random.pick(TYPES)))],
  );
  set(0.1, 'enum', () => random.many(1 + random.below(3), () => valueOf(random, 2)));
  set(0.05, 'const', () => valueOf(random, 2));
  for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'])
    set(0.1, key, () => random.below(5));
  set(0.1, 'multipleOf', () => 1 + random.below(3));
  for (const key of ['minLength', 'maxLength', 'minItems', 'maxItems', 'maxProperties'])
    set(0.1, key, () => random.below(4));
  set(0.1, 'uniqueItems', () => random.chance(0.7));
  set(0.1, 'required', () => [random.pick(NAMES)]);
  if (!isPlain) set(0.3, 'default', () => (random.chance(0.6) ? {} : valueOf(random, 1)));
  if (depth > 1) return schema;
  for (const key of ['allOf', 'anyOf']) set(0.2, key, () => random.many(1 + random.below(2), inner));
  set(0.3, 'items', inner);
  set(0.1, 'propertyNames', inner);
  set(0.3, 'additionalProperties', () => (random.chance(0.5) ? random.chance(0.5) : inner()));
  set(0.6, 'properties', () =>
    Object.fromEntries(random.many(1 + random.below(3), () => [random.pick(NAMES), inner()])),
  );
  return schema;
}

function valueOf(random: Random, depth: number, isObject = false): unknown {
  const kind = isObject ? 6 : random.below(depth > 3 ? 5 : 7);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.below(6);
  if (kind === 3) return random.below(6) + 0.5;
  if (kind === 4) return random.pick(['', 'a', 'ab', 'a😀', 'abcd']);
  if (kind === 5) return random.many(random.below(4), () => valueOf(random, depth + 1));
  return Object.fromEntries(
    random.many(random.below(4), () => [random.pick(NAMES), valueOf(random, depth + 1)]),
  );
}

const ajv = new Ajv2020({ strict: false, validateSchema: false, meta: false, inlineRefs: false });

function ajvAccepts(schema: object, config: unknown): boolean {
  const accepts = ajv.compile(schema)(config);
  // It would keep each schema that it has compiled.
  ajv.removeSchema();
  return accepts;
}

/** Returns a value without one of its members, at any depth. */
function* smallerValues(value: unknown): Generator<unknown, void> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const copy = structuredClone(value) as Record<string, unknown>;
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete copy[key];
    yield copy;
    for (const inner of smallerValues((value as Record<string, unknown>)[key])) {
      const changed = structuredClone(value) as Record<string, unknown>;
      changed[key] = inner;
      yield changed;
    }
  }
}
