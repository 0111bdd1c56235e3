import { MANIFEST_SCHEMA } from '@wasm-plugin/abi/manifest';

/** The published schema of manifests, relative to the root. */
export const SCHEMA_FILE = 'abi/schema/plugin.schema.json';

/** Returns the text of the published schema. */
export function schemaText(): string {
  return `${JSON.stringify(MANIFEST_SCHEMA, undefined, 2)}\n`;
}
