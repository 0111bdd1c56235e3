import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guests.js';
import { HOST_SCHEMA_FILE, hostSchemaText, SCHEMA_FILE, schemaText } from './manifest-schema.js';

/** `npm run build:schema`: publishes the schemas of manifests and of configurations of hosts. */
writeFileSync(join(ROOT, SCHEMA_FILE), schemaText());
writeFileSync(join(ROOT, HOST_SCHEMA_FILE), hostSchemaText());
process.stdout.write(`${SCHEMA_FILE}\n${HOST_SCHEMA_FILE}\n`);
