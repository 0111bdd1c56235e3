import { HOST_CONFIG_SCHEMA } from '@wasm-plugin/abi/host-config';
import { MANIFEST_SCHEMA } from '@wasm-plugin/abi/manifest';

/** The published schema of manifests, relative to the root. */
export const SCHEMA_FILE = 'abi/schema/plugin.schema.json';

/** The published schema of configurations of hosts. */
export const HOST_SCHEMA_FILE = 'abi/schema/host.schema.json';

/** Returns the text of the published schema of manifests. */
export function schemaText(): string {
  return textOf(MANIFEST_SCHEMA);
}

/** Returns the text of the published schema of configurations of hosts. */
export function hostSchemaText(): string {
  return textOf(HOST_CONFIG_SCHEMA);
}

function textOf(schema: object): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
