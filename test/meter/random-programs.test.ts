import { afterAll, describe, expect, it } from 'vitest';
import type { Uses } from './random-body.js';
import { randomProgram } from './random-program.js';
import { referenceDifferences } from './reference-differences.js';

const PROGRAMS = 60;

/** Features that wasmtime lacks, counts wrongly, or whose modules its generators rarely make. */
const FAMILIES: Record<string, Uses> = {
  'legacy exceptions': { legacyExceptions: true },
  'exception references': { exceptionReferences: true },
  'arrays and casts': { arrays: true, functionReferences: true },
  '64-bit memories': { wideMemory: true, atomics: true },
  'atomic instructions': { atomics: true },
  'call_ref out of handlers': { exceptionReferences: true, functionReferences: true },
  'all with legacy exceptions': {
    legacyExceptions: true,
    arrays: true,
    functionReferences: true,
    atomics: true,
  },
  'all with exception references': {
    exceptionReferences: true,
    arrays: true,
    functionReferences: true,
    wideMemory: true,
    atomics: true,
  },
};

/** Features that V8 11.3, of Node 20, lacks. */
const LACKS: Record<string, readonly (keyof Uses)[]> = {
  '11.3': ['exceptionReferences', 'arrays', 'wideMemory', 'functionReferences'],
};
const V8 = /^\d+\.\d+/.exec(process.versions.v8)?.[0] ?? '';
const lacks = LACKS[V8] ?? [];
const skipped: string[] = [];

afterAll(() => {
  for (const line of skipped) console.log(line);
});

describe('meterModule() burns in random programs what the reference meter burns', () => {
  for (const [family, uses] of Object.entries(FAMILIES)) {
    it(family, () => {
      const missing = lacks.filter((feature) => uses[feature]);
      if (missing.length > 0) {
        skipped.push(`${PROGRAMS} random programs not run, ${family}: V8 ${V8} lacks ${missing.join(', ')}`);
        expect(WebAssembly.validate(randomProgram(1, uses))).toBe(false);
        return;
      }
      for (let seed = 0; seed < PROGRAMS; seed++) {
        const binary = randomProgram(seed, uses);
        expect([seed, WebAssembly.validate(binary)]).toEqual([seed, true]);
        const calls = ['f0', 'f1', 'f2', 'f3'].flatMap((name, at) =>
          [2000, 300, 60 + (seed % 40)].map((fuel) => ({ name, arguments: [at + (seed % 5)], fuel })),
        );
        for (const plan of [{}, { exactTraps: true }]) {
          expect([seed, plan, referenceDifferences(binary, calls, plan)]).toEqual([seed, plan, []]);
        }
      }
    });
  }
});
