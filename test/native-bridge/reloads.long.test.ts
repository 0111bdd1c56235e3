import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileLibrary, missingCompiler } from './compile-c.js';

const RELOADS = 200;

describe.skipIf(missingCompiler() !== undefined)(
  `${RELOADS} reloads of a native library (needs a C compiler)`,
  () => {
    it('in children leave memory, mappings and descriptors where they were', { timeout: 600_000 }, () => {
      const folder = mkdtempSync(join(tmpdir(), 'reloads-'));
      try {
        const path = join(folder, 'probe.so');
        writeFileSync(path, compileLibrary('probe.c'));
        const script = fileURLToPath(new URL('fixtures/reload-often.mjs', import.meta.url));
        const args = ['--expose-gc', script, path, 'child', String(RELOADS)];
        const text = execFileSync(process.execPath, args, { encoding: 'utf8' });
        const { memory, mapped, descriptors } = JSON.parse(text) as {
          memory: number[];
          mapped: number;
          descriptors: number;
        };
        const least = Math.min(...memory.slice(1, 4));
        console.log(`resident bytes after 20 reloads ${memory[1]}, after ${RELOADS} ${memory.at(-1)}`);
        expect(memory).toHaveLength(RELOADS / 10);
        expect(memory.at(-1)).toBeLessThanOrEqual(least * 1.05);
        expect(mapped).toBe(0);
        expect(descriptors).toBeLessThanOrEqual(30);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);
