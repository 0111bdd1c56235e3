import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guests.js';
import { SCHEMA_FILE, schemaText, VALIDATOR_FILE, validatorModule } from './manifest-validator.js';

/** `npm run build:schema`: publishes the schema of manifests, and makes the validator of it. */
for (const [file, text] of [
  [SCHEMA_FILE, schemaText()],
  [VALIDATOR_FILE, validatorModule()],
] as const) {
  writeFileSync(join(ROOT, file), text);
  process.stdout.write(`${file}\n`);
}
