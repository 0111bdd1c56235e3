import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { expect, it } from 'vitest';
import {
  AMPLE,
  binaryOf,
  convertArguments,
  differences,
  loadGolden,
  PLANS,
  type GoldenModule,
} from './golden-modules.js';
import { referenceDifferences } from './reference-differences.js';

const MODULES = loadGolden('proposals.json.gz');
const FOR_REFERENCE = '-reference';

/** The proposal that a module uses, by its name. */
function familyOf({ name }: GoldenModule): string {
  return name.split('-')[1] ?? '';
}

/** Functions with handlers store the counter more often here than in wasmtime: a trap loses less. */
const WITH_HANDLERS = ['exceptions', 'all'];

/** Atomic accesses that lie outside for certain, but trap first in wasmtime, as they are misaligned too. */
const MISALIGNED = ['214-threads', '638-threads'];

/** Number of modules that each V8 does not know, by proposal. None for a version that is not listed. */
export const NOT_IN_V8: Record<string, Record<string, number>> = {
  // Node 20
  '11.3': { gc: 96, exceptions: 89, memory64: 58, memories: 45, all: 54, relaxed: 19 },
};
export const V8 = /^\d+\.\d+/.exec(process.versions.v8)?.[0] ?? '';

const known = MODULES.filter((golden) => WebAssembly.validate(binaryOf(golden)));

/** Numbers of modules that this V8 does not know, by proposal. */
export function missing(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const golden of MODULES) {
    if (known.includes(golden)) continue;
    counts[familyOf(golden)] = (counts[familyOf(golden)] ?? 0) + 1;
  }
  return counts;
}

/** Adds the tests of a plan. */
export function testPlan(plan: string): void {
  const options = PLANS[plan] as MeterPlan;

  it(`burn what wasmtime 50.0.1 burns (${plan})`, () => {
    const judged = known.filter(({ name }) => !name.endsWith(FOR_REFERENCE));
    const lines = judged.flatMap((golden) => {
      const trapFigures = !WITH_HANDLERS.includes(familyOf(golden)) && !MISALIGNED.includes(golden.name);
      return differences(golden, options, { trapFigures });
    });
    expect(lines).toEqual([]);
  });

  it(`burn what the reference meter burns (${plan})`, () => {
    const lines = known.flatMap((golden) => {
      const binary = binaryOf(golden);
      const valuesOf = convertArguments(binary);
      const calls = golden.calls.map((call) => ({
        name: call.name,
        arguments: valuesOf(call),
        fuel: AMPLE,
      }));
      return referenceDifferences(binary, calls, options).map((line) => `${golden.name}: ${line}`);
    });
    expect(lines).toEqual([]);
  });
}
