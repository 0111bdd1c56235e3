import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guests.js';
import { SCHEMA_FILE, schemaText } from './manifest-schema.js';

/** `npm run build:schema`: publishes the schema of manifests. */
writeFileSync(join(ROOT, SCHEMA_FILE), schemaText());
process.stdout.write(`${SCHEMA_FILE}\n`);
