import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { Replay, type Tape } from './replay-tape.js';
import { metered, runMetered } from './run-metered.js';

interface Kernels {
  readonly name: string;
  readonly sha256: string;
  readonly calls: readonly {
    readonly name: string;
    readonly arguments: readonly number[];
    readonly fuel: number;
    readonly results: readonly number[];
    readonly minimum?: number;
  }[];
}

const PLANS: Record<string, MeterPlan> = {
  'the plan by default': {},
  'exact traps': { exactTraps: true },
};

function golden<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/fuel/${file}`, import.meta.url), 'utf8')) as T;
}

function checked(binary: Uint8Array, sha256: string): Uint8Array {
  expect(createHash('sha256').update(binary).digest('hex')).toBe(sha256);
  return binary;
}

describe('meterModule() burns what wasmtime 50.0.1 burns in the kernels of the fuel bench', () => {
  for (const build of golden<Kernels[]>('kernels.json')) {
    const file = new URL(`../../bench/kernels/fuel/${build.name}.wasm`, import.meta.url);
    for (const [what, plan] of Object.entries(PLANS)) {
      it(`${build.name} (${what})`, () => {
        const module = metered(checked(new Uint8Array(readFileSync(file)), build.sha256), plan);
        for (const call of build.calls) {
          const run = (fuel: number) => runMetered(module, { ...call, fuel });
          const { fuel, results } = run(1e12);
          expect([call.name, fuel, results]).toEqual([call.name, call.fuel, call.results]);
          if (call.minimum === undefined) continue;
          expect([call.name, run(call.minimum).end, run(call.minimum - 1).end]).toEqual([
            call.name,
            'ok',
            'fuel',
          ]);
        }
      });
    }
  }
});

describe('meterModule() burns what wasmtime 50.0.1 burns in SQLite', () => {
  const tape = golden<Tape>('sqlite.json');
  const file = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');
  for (const [what, plan] of Object.entries(PLANS)) {
    it(what, () => {
      const binary = checked(new Uint8Array(readFileSync(file)), tape.sha256);
      const replay = new Replay(binary, plan);
      expect(tape.calls.map((call) => replay.call(call))).toEqual(tape.calls.map((call) => call.fuel));
      const minima = tape.calls.flatMap(({ minimum }, at) =>
        minimum === undefined ? [] : [{ minimum, at }],
      );
      for (const { minimum, at } of minima) {
        for (const [fuel, returns] of [
          [minimum, true],
          [minimum - 1, false],
        ] as const) {
          const again = new Replay(binary, plan);
          for (const call of tape.calls.slice(0, at)) again.call(call);
          expect(again.call(tape.calls[at] as Tape['calls'][number], fuel) !== undefined).toBe(returns);
        }
      }
    });
  }
});
