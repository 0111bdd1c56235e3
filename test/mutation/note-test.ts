import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Runs before each test file: writes down which it is, for the log of what is reached. */
writeFileSync(
  fileURLToPath(new URL('../../current-test', import.meta.url)),
  expect.getState().testPath ?? '',
);
