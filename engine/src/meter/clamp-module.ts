import { decodeModule, encodeModule, type CoreModule, type EncodedModule } from '../module/index.js';
import { clampSizes } from './clamp-sizes.js';
import { exposeSizes, type ExposedSizes } from './exposed-sizes.js';
import { forwardsOnly } from './code/index.js';
import { refuseUnbounded } from './refuse-unbounded.js';
import { meterDecoded, refuseInvalid } from './meter-module.js';
import type { MeteredModule } from './metered-module.js';
import type { Pieces } from './pieces.js';
import { resolveMeterPlan, type MeterPlan } from './plan.js';

/** The memories or tables that a module defines, together. */
export interface DefinedSizes {
  /** Sum of the minima, in pages or elements. */
  least: number;
  /** The number of those that can grow. */
  growable: number;
}

/** Options of `clampModule`. */
export interface ClampOptions extends Pick<MeterPlan, 'unboundedHeap'> {
  /** The module, decoded. @default decoded from the bytes */
  readonly module?: CoreModule | undefined;
}

/** A decoded module and the two ways to hold it to limits. */
export interface ClampedModule {
  /** The module, decoded. */
  module: CoreModule;
  memories: DefinedSizes;
  tables: DefinedSizes;
  /** True if its functions only pass calls on, so that a deadline needs no meter in it. */
  forwardsOnly: boolean;
  /** The module with the maxima of its own memories and tables lowered; its code is untouched. */
  clamp(plan: Pick<MeterPlan, 'memoryPages' | 'tableElements'>): EncodedModule & { sizes: ExposedSizes };
  /** The module as `meterModule` makes it, without decoding it again, in pieces. */
  meter(plan: Omit<MeterPlan, 'sharedMemories' | 'unboundedHeap'>): Pieces<MeteredModule>;
}

/**
 * Reads the memories and tables that a module defines, so that they can be clamped without counting its fuel. Clamps hold for
 * each memory by itself: if several can grow, only a meter makes them share a budget.
 * @throws {ModuleError} as `meterModule`
 */
export function clampModule(
  bytes: Uint8Array,
  { module = decodeModule(bytes), ...letting }: ClampOptions = {},
): ClampedModule {
  refuseUnbounded(module, resolveMeterPlan(letting));
  return {
    module,
    memories: sizesOf(module.memories),
    forwardsOnly: forwardsOnly(module),
    tables: sizesOf(module.tables.map((table) => table.limits)),
    clamp(plan) {
      const exposed = exposeSizes(clampSizes(module, resolveMeterPlan(plan)));
      return { ...encodeModule(exposed.module), sizes: exposed.sizes };
    },
    *meter(plan) {
      refuseInvalid(bytes);
      yield;
      return yield* meterDecoded({ bytes, module }, resolveMeterPlan(plan));
    },
  };
}

function sizesOf(all: readonly { minimum: bigint; maximum: bigint | undefined }[]): DefinedSizes {
  return {
    least: all.reduce((sum, { minimum }) => sum + Number(minimum), 0),
    growable: all.filter(({ minimum, maximum }) => maximum !== minimum).length,
  };
}
