import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Runs before each test file: writes down its name, for the log of reached mutants. */
writeFileSync(
  fileURLToPath(new URL('../../current-test', import.meta.url)),
  expect.getState().testPath ?? '',
);
