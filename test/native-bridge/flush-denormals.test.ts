import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('fixtures/flush-denormals-main.js', import.meta.url));
/** Twice the numbers that the program adds to themselves. */
const DOUBLE = 2 * 1e-310;
const SINGLE = 2 * Math.fround(1e-40);
const missing = process.platform === 'linux' && process.arch === 'x64' ? undefined : 'Linux on x64 only';

describe.skipIf(missing !== undefined)(
  `flushDenormals()${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    it('makes JavaScript and WebAssembly count denormal numbers as zero, until it is ended', async () => {
      // In a process of its own: the test runner's arithmetic stays as it is.
      const child = fork(PROGRAM);
      const [found] = (await once(child, 'message')) as [Record<string, unknown>];
      expect(found).toEqual({
        before: { javascript: DOUBLE, wasm: SINGLE },
        flushed: { javascript: 0, wasm: 0 },
        after: { javascript: DOUBLE, wasm: SINGLE },
      });
    });
  },
);
