import { createRequire } from 'node:module';
import { MANIFEST_SCHEMA } from '@wasm-plugin/abi/manifest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

/** Counts the characters of a text: what ajv's code imports. */
const { default: ucs2length } = createRequire(import.meta.url)('ajv/dist/runtime/ucs2length') as {
  default: (text: string) => number;
};

/** The generated validator, relative to the root. */
export const VALIDATOR_FILE = 'abi/src/manifest/validate-manifest.ts';

/** The published schema, relative to the root. */
export const SCHEMA_FILE = 'abi/schema/plugin.schema.json';

/** The text of the published schema. */
export function schemaText(): string {
  return `${JSON.stringify(MANIFEST_SCHEMA, undefined, 2)}\n`;
}

/** The text of the validator that ajv makes of the schema of manifests. It imports nothing at run time, and needs no `eval`. */
export function validatorModule(): string {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    useDefaults: true,
    messages: false,
    verbose: true,
    code: { source: true, esm: true, lines: true },
  });
  const validate = ajv.compile(structuredClone(MANIFEST_SCHEMA));
  const text = inlined(standalone.default(ajv, validate))
    .replace('"use strict";\n', '')
    .replace(/^export default .*\n/m, '')
    .replace(/^export const validate = (\w+);$/m, `export const validateManifest: Validator = $1;`);
  return `${HEAD}${text.trimEnd()}\n`;
}

/** Puts the one function of ajv's that the text asks for into it. */
function inlined(text: string): string {
  const found = text.replace(
    /^const (\w+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;$/m,
    (_, name: string) => `const ${name} = ${ucs2length.toString()};`,
  );
  const left = /\brequire\(.*?\)/.exec(found)?.[0];
  if (left === undefined) return found;
  throw new Error(`Cannot make the validator stand alone: it has ${left}`);
}

const HEAD = `/** Checks manifests. Made by ajv from manifest-schema.ts (\`npm run build:schema\`); not to be edited. */
// @ts-nocheck
import type { SchemaError } from './schema-error.js';

/** Says whether a value is a manifest, and fills in defaults; otherwise \`errors\` says why it is none. */
interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

`;
