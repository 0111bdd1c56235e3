import type { MeterPlan } from '@wasm-plugin/engine/meter';
import { referenceMeter, runReference } from './reference-meter.js';
import { metered, runMetered } from './run-metered.js';

/** A call to be judged. */
export interface JudgedCall {
  readonly name: string;
  readonly arguments: readonly unknown[];
  readonly fuel: number;
}

/**
 * The calls in which the meter and the reference meter differ, one line each: in their end, their results, or their fuel; after
 * a trap only if the meter reports more, as it may lose fuel that is not stored yet.
 */
export function referenceDifferences(
  binary: Uint8Array,
  calls: readonly JudgedCall[],
  plan: MeterPlan,
): string[] {
  const reference = new WebAssembly.Module(referenceMeter(binary));
  const module = metered(binary, plan);
  const lines: string[] = [];
  for (const call of calls) {
    const wanted = runReference(reference, call);
    const got = runMetered(module, call);
    // The depth of the stack differs between the two.
    if (got.end === 'stack' || wanted.end === 'stack') continue;
    const result = got.results.length > 1 ? got.results : got.results[0];
    const isFuel = wanted.end === 'trap' ? got.fuel <= wanted.fuel : got.fuel === wanted.fuel;
    if (got.end === wanted.end && isFuel && String(result) === String(wanted.result)) continue;
    const where = `${call.name}(${call.arguments.join(', ')}) with ${call.fuel}`;
    const outcome = `${wanted.end} ${String(wanted.result)} ${wanted.fuel}`;
    lines.push(`${where}: ${outcome} for reference, ${got.end} ${String(result)} ${got.fuel} here`);
  }
  return lines;
}
