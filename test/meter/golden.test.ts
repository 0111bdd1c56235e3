import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { exportedParameters } from './exported-parameters.js';
import { metered, runMetered } from './run-metered.js';

interface GoldenCall {
  readonly name: string;
  readonly arguments: readonly number[];
  readonly end: string;
  readonly fuel: number;
  readonly results: readonly (number | null)[];
  readonly minimum?: number;
}

interface GoldenModule {
  readonly name: string;
  readonly module: string;
  readonly calls: readonly GoldenCall[];
}

const AMPLE = 300_000;

/** Every combination of stages has to come to the same numbers. */
const PLANS: Record<string, MeterPlan> = {
  everything: { exactTraps: true },
  'all but exact traps': {},
  'the counter in a local': { hoist: false, parameters: false, hints: false, growth: false },
  'loops hoisted': { parameters: false },
  'the counter as parameter': { hoist: false, exactTraps: true },
};

function load(file: string): GoldenModule[] {
  const bytes = readFileSync(new URL(`../golden/fuel/${file}`, import.meta.url));
  const text = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  return JSON.parse(text.toString('utf8')) as GoldenModule[];
}

/** The calls where wasmtime and the meter differ, one line each. */
function differences(golden: GoldenModule, plan: MeterPlan): string[] {
  const binary = new Uint8Array(Buffer.from(golden.module, 'base64'));
  if (!WebAssembly.validate(binary)) return [];
  const module = metered(binary, plan);
  const wide = wideParameters(binary);
  const lines: string[] = [];
  for (const call of golden.calls) {
    const values = call.arguments.map((value, at) => (wide(call.name, at) ? BigInt(value) : value));
    const run = (fuel: number) => runMetered(module, { name: call.name, arguments: values, fuel });
    const outcome = run(AMPLE);
    const end = call.end === 'exception' ? 'trap' : call.end;
    const where = `${golden.name}: ${call.name}(${call.arguments.join(', ')})`;
    const exact = end !== 'trap' || plan.exactTraps === true || plan.parameters === false;
    if (outcome.end !== end || (exact ? outcome.fuel !== call.fuel : outcome.fuel > call.fuel)) {
      lines.push(`${where}: ${end} with ${call.fuel} in wasmtime, ${outcome.end} with ${outcome.fuel} here`);
    } else if (call.minimum !== undefined) {
      if (run(call.minimum).end !== end) lines.push(`${where}: needs more than ${call.minimum}`);
      else if (call.minimum > 0 && run(call.minimum - 1).end === end)
        lines.push(`${where}: needs less than ${call.minimum}`);
    }
  }
  return lines;
}

/** Tells which parameters are i64, by trying: a number does not convert. */
function wideParameters(binary: Uint8Array): (name: string, at: number) => boolean {
  const types = exportedParameters(binary);
  return (name, at) => types.get(name)?.[at] === 0x7e;
}

describe('meterModule() burns what wasmtime 49.0.0 burns', () => {
  for (const [plan, options] of Object.entries(PLANS)) {
    for (const golden of load('rules.json')) {
      it(`${golden.name} (${plan})`, () => {
        expect(differences(golden, options)).toEqual([]);
      });
    }
  }
});

describe('meterModule() burns what wasmtime 49.0.0 burns in random modules', () => {
  for (const plan of ['everything', 'all but exact traps', 'the counter in a local']) {
    const options = PLANS[plan] as MeterPlan;
    it(plan, () => {
      expect(load('random.json.gz').flatMap((golden) => differences(golden, options))).toEqual([]);
    });
  }
});
