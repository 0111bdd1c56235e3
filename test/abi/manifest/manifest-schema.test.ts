import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ManifestError } from '@wasm-plugin/abi';
import { MANIFEST_SCHEMA, parseManifest } from '@wasm-plugin/abi/manifest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Random } from '../../support/random.js';
import { FULL_MANIFEST, SMALL_MANIFEST } from './full-manifest.js';

const FILE = fileURLToPath(new URL('../../../abi/schema/plugin.schema.json', import.meta.url));

const validate = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
  JSON.parse(JSON.stringify(MANIFEST_SCHEMA)) as object,
);

/** Whether the schema alone lets a value through, in our reading. */
function weAccept(value: unknown): boolean {
  try {
    parseManifest(value);
    return true;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.problems.every((problem) => (problem as { keyword?: string }).keyword === 'meaning');
  }
}

const VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  4_294_967_296,
  '',
  'x',
  '1.0.0',
  '^1',
  '*',
  [],
  {},
  ['a', 'a'],
  { a: 1 },
];

type Container = Record<string, unknown> | unknown[];

/** Changes one random place of a JSON value. */
function mutate(value: unknown, random: Random): unknown {
  const copy = structuredClone(value);
  let at = copy as Container;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[random.below(keys.length)];
    const target = at as Record<string, unknown>;
    const inner = key === undefined ? undefined : target[key];
    if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random.below(3) > 0) {
      at = inner as Container;
      continue;
    }
    const kind = random.below(4);
    if (key === undefined || kind === 0) {
      if (Array.isArray(at)) at.push(VALUES[random.below(VALUES.length)]);
      else
        target[['type', 'items', 'os', 'x', '$ref', 'minimum'][random.below(6)] as string] =
          VALUES[random.below(VALUES.length)];
    } else if (kind === 1 && !Array.isArray(at)) delete target[key];
    else target[key] = VALUES[random.below(VALUES.length)];
    return copy;
  }
}

describe('MANIFEST_SCHEMA', () => {
  it('is published for editors as it is', () => {
    const text = `${JSON.stringify(MANIFEST_SCHEMA, undefined, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it('accepts the examples, in the judgement of ajv', () => {
    expect(validate(FULL_MANIFEST), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(SMALL_MANIFEST), JSON.stringify(validate.errors)).toBe(true);
  });

  it('means to us what it means to ajv, for 20,000 mutated manifests', () => {
    const random = new Random(4);
    const verdicts = { accepted: 0, refused: 0 };
    for (let index = 0; index < 20_000; index++) {
      let value: unknown = random.below(4) === 0 ? SMALL_MANIFEST : FULL_MANIFEST;
      for (let count = random.below(3); count >= 0; count--) value = mutate(value, random);
      const accepted = weAccept(value);
      verdicts[accepted ? 'accepted' : 'refused']++;
      if (validate(value) !== accepted) {
        expect.fail(
          `ajv ${accepted ? 'refuses' : 'accepts'} ${JSON.stringify(value)}: ${JSON.stringify(validate.errors)}`,
        );
      }
    }
    expect(verdicts.accepted).toBeGreaterThan(1000);
    expect(verdicts.refused).toBeGreaterThan(1000);
  });
});
