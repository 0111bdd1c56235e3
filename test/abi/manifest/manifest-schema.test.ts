import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ManifestError } from '@wasm-plugin/abi';
import { MANIFEST_SCHEMA, parseManifest } from '@wasm-plugin/abi/manifest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { SCHEMA_FILE, schemaText } from '../../../scripts/src/manifest-schema.js';
import { mutateJson } from '../../support/mutate-json.js';
import { Random } from '../../support/random.js';
import { FULL_MANIFEST, SMALL_MANIFEST } from './full-manifest.js';

function repoText(path: string): string {
  const file = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

const validate = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
  JSON.parse(JSON.stringify(MANIFEST_SCHEMA)) as object,
);

/** Returns true if the validator alone accepts a value. */
function weAccept(value: unknown): boolean {
  try {
    parseManifest(value);
    return true;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.problems.every((problem) => (problem as { keyword?: string }).keyword === 'meaning');
  }
}

describe('MANIFEST_SCHEMA', () => {
  it('is published for editors as it is (npm run build:schema)', () => {
    expect(repoText(SCHEMA_FILE)).toBe(schemaText());
  });

  it('accepts the examples, in the judgement of ajv', () => {
    expect(validate(FULL_MANIFEST), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(SMALL_MANIFEST), JSON.stringify(validate.errors)).toBe(true);
  });

  it('means the same to parseManifest() as to ajv, for 1,000 mutated manifests', () => {
    const random = new Random(4);
    const verdicts = { accepted: 0, refused: 0 };
    for (let index = 0; index < 1000; index++) {
      let value: unknown = random.below(4) === 0 ? SMALL_MANIFEST : FULL_MANIFEST;
      for (let count = random.below(3); count >= 0; count--) value = mutateJson(value, random);
      const accepted = weAccept(value);
      verdicts[accepted ? 'accepted' : 'refused']++;
      if (validate(value) !== accepted) {
        expect.fail(
          `ajv ${accepted ? 'refuses' : 'accepts'} ${JSON.stringify(value)}: ${JSON.stringify(validate.errors)}`,
        );
      }
    }
    expect(verdicts.accepted).toBeGreaterThan(50);
    expect(verdicts.refused).toBeGreaterThan(50);
  });
});
