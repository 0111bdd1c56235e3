import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guests.js';
import { WORLDS_FILE, worldsModule } from './worlds.js';

/** `npm run build:worlds`: encodes the worlds of `abi/wit`. */
writeFileSync(join(ROOT, WORLDS_FILE), await worldsModule());
process.stdout.write(`${WORLDS_FILE}\n`);
