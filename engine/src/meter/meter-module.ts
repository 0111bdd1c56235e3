import { compileError, decodeModule, encodeModule, type CoreModule } from '../module/index.js';
import { countPassing } from './append/index.js';
import { clampSizes } from './clamp-sizes.js';
import { refuseTooMany } from './refuse-too-many.js';
import { rewriteCustomSections } from './sections/index.js';
import { fuelModule } from './fuel-module.js';
import { refuseUnbounded } from './refuse-unbounded.js';
import type { MeteredModule } from './metered-module.js';
import { OffsetMap } from './offset-map.js';
import { atOnce, type Pieces } from './pieces.js';
import { resolveMeterPlan, type MeterPlan, type ResolvedMeterPlan } from './plan.js';

/**
 * Rewrites a core module so that it counts its fuel as wasmtime 50.0.1 does, asks the host for more, and stays
 * within the plan's sizes. The result imports what the original imports and exports what it exports, plus the host's
 * functions under names the guest does not use. It needs no import of ours: the host attaches a hook to the instance, see
 * `createMeter`. Its start function does not run by itself.
 *
 * Not covered: what host imports do, what compiling costs, the engine's own stack.
 *
 * @throws {ModuleError} WP_MODULE_INVALID if the engine does not accept the original; WP_MODULE_UNSUPPORTED for an
 * instruction or section that WebAssembly 3.0 does not have, and for what the plan does not let in; WP_MODULE_LIMIT for a memory or
 * table that starts above its clamp, for functions that would become too large, and for more of something than the engine takes
 * @example
 * const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
 * console.log(WebAssembly.validate(meterModule(empty).bytes)); // prints: true
 */
export function meterModule(bytes: Uint8Array, plan?: MeterPlan): MeteredModule {
  const resolved = resolveMeterPlan(plan);
  refuseInvalid(bytes);
  const module = decodeModule(bytes);
  refuseUnbounded(module, resolved);
  return atOnce(meterDecoded({ bytes, module }, resolved));
}

/**
 * Throws unless the engine accepts the module. It comes before all rewriting: without it an index beyond the guest's own could
 * become one of ours.
 * @throws {ModuleError} WP_MODULE_INVALID, or the decoder's fault
 */
export function refuseInvalid(bytes: Uint8Array): void {
  if (WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)) return;
  // The decoder may know why.
  decodeModule(bytes);
  throw compileError(refusalOf(bytes), { offset: 0 });
}

/** Works like `meterModule` on a module that is already validated, admitted and decoded. */
export function* meterDecoded(
  { bytes, module: decoded }: { readonly bytes: Uint8Array; readonly module: CoreModule },
  resolved: ResolvedMeterPlan,
): Pieces<MeteredModule> {
  const original = clampSizes(decoded, resolved);
  const fuelled = yield* fuelModule(original, resolved);
  yield;
  const module = {
    ...fuelled.module,
    customs: rewriteCustomSections(original, fuelled.context.passing.originals, fuelled.hints),
  };
  yield;
  const encoded = encodeModule(module);
  yield;
  refuseTooMany({ original: decoded, rewritten: module, index: fuelled.context.index }, encoded.bytes);
  return {
    bytes: encoded.bytes,
    names: fuelled.names,
    memoryPages: original.memories.map((limits) => Number(limits.minimum)),
    tableElements: original.tables.map((table) => Number(table.limits.minimum)),
    stackDepth: resolved.stackDepth,
    stats: {
      bytesBefore: bytes.length,
      bytesAfter: encoded.bytes.length,
      functions: original.functions.length,
      loopsHoisted: fuelled.loopsHoisted,
      functionsPassing: countPassing(fuelled.context.passing),
    },
    offsetMap: new OffsetMap(fuelled, encoded.bodyOffsets),
  };
}

/** Asks the engine why it does not accept a module. */
function refusalOf(bytes: Uint8Array): Error {
  try {
    return new Error(String(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)));
  } catch (error) {
    return error as Error;
  }
}
