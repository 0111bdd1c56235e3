import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { TYPE_I64 } from '#internals';
import { exportedParameters } from './exported-parameters.js';
import { metered, runMetered } from './run-metered.js';

/** A call, and its result in wasmtime; only its name and arguments if the reference meter is to judge. */
export interface GoldenCall {
  readonly name: string;
  readonly arguments: readonly number[];
  readonly end: string;
  readonly fuel: number;
  readonly results: readonly (number | null)[];
  readonly minimum?: number;
}

/** A module, in base64, and calls of its exports. */
export interface GoldenModule {
  readonly name: string;
  readonly module: string;
  readonly calls: readonly GoldenCall[];
}

/** Fuel of the calls. */
export const AMPLE = 300_000;

/** Either plan has to come to the same numbers. */
export const PLANS: Record<string, MeterPlan> = {
  everything: { exactTraps: true },
  'all but exact traps': {},
};

/** Reads a file of golden numbers. */
export function loadGolden(file: string): GoldenModule[] {
  const bytes = readFileSync(new URL(`../golden/fuel/${file}`, import.meta.url));
  const text = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  return JSON.parse(text.toString('utf8')) as GoldenModule[];
}

/** The bytes of a module. */
export function binaryOf(golden: GoldenModule): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(golden.module, 'base64'));
}

/** Rule for comparing calls that trap. */
export interface Comparison {
  /** True if the fuel of a call that traps must be wasmtime's wherever the plan is exact. @default true */
  readonly trapFigures?: boolean;
}

/**
 * The calls where wasmtime and the meter differ, one line each. None where this V8 does not know the module; calls are left
 * out that are too deep for its stack.
 */
export function differences(
  golden: GoldenModule,
  plan: MeterPlan,
  { trapFigures = true }: Comparison = {},
): string[] {
  const binary = binaryOf(golden);
  if (!WebAssembly.validate(binary)) return [];
  const module = metered(binary, plan);
  const valuesOf = convertArguments(binary);
  const lines: string[] = [];
  for (const call of golden.calls) {
    const values = valuesOf(call);
    const run = (fuel: number) => runMetered(module, { name: call.name, arguments: values, fuel });
    const outcome = run(AMPLE);
    const end = call.end === 'exception' ? 'trap' : call.end;
    const where = `${golden.name}: ${call.name}(${call.arguments.join(', ')})`;
    const exact = end !== 'trap' || plan.exactTraps === true;
    if (outcome.end === 'stack' && end === 'fuel') continue;
    const compares = end !== 'trap' || trapFigures;
    if (
      outcome.end !== end ||
      (compares && (exact ? outcome.fuel !== call.fuel : outcome.fuel > call.fuel))
    ) {
      lines.push(`${where}: ${end} with ${call.fuel} in wasmtime, ${outcome.end} with ${outcome.fuel} here`);
    } else if (call.results.some((result, at) => result !== null && Number(outcome.results[at]) !== result)) {
      lines.push(
        `${where}: returns ${call.results.join(', ')} in wasmtime, ${outcome.results.join(', ')} here`,
      );
    } else if (call.minimum !== undefined) {
      if (run(call.minimum).end !== end) lines.push(`${where}: needs more than ${call.minimum}`);
      else if (call.minimum > 0 && run(call.minimum - 1).end === end)
        lines.push(`${where}: needs less than ${call.minimum}`);
    }
  }
  return lines;
}

/** Returns the converter of a golden call's arguments into those of its export. */
export function convertArguments(
  binary: Uint8Array,
): (call: Pick<GoldenCall, 'name' | 'arguments'>) => (number | bigint)[] {
  const types = exportedParameters(binary);
  return (call) => {
    const params = types.get(call.name) ?? [];
    return call.arguments.map((value, at) => (params[at] === TYPE_I64 ? BigInt(value) : value));
  };
}
