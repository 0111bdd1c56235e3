import type { LimitName, ResolvedLimits } from '@wasm-plugin/abi';
import type { PreparedModules } from './prepare-modules.js';

const COUNTED = ['fuel', 'fuelTotal'] as const satisfies readonly LimitName[];
const CALLS = [...COUNTED, 'timeMs', 'wallMs'] as const satisfies readonly LimitName[];
const SIZES = ['memoryBytes', 'tableElements', 'strictMemory'] as const;

/**
 * Names a limit that the code of a plugin cannot hold, as it was compiled for others; `undefined` if it holds all.
 * @param options `limits` are those wanted, and `loaded` those it was compiled for
 */
export function missingFrom(
  modules: PreparedModules,
  { limits, loaded }: { limits: ResolvedLimits; loaded: ResolvedLimits },
): string | undefined {
  // Allocation in modules is checked when they are loaded.
  if (loaded.unboundedHeap && !limits.unboundedHeap) return 'unboundedHeap';
  const prepared = [...modules.values()];
  const isAdded = (name: LimitName): boolean => limits[name] !== Infinity && loaded[name] === Infinity;
  if (isAdded('stackDepth')) return 'stackDepth';
  // If only time is limited, modules that pass calls on are not metered: their fuel would be missing.
  if (
    prepared.some(({ metered }) => metered === undefined) &&
    COUNTED.every((name) => loaded[name] === Infinity)
  ) {
    const counted = COUNTED.find(isAdded);
    if (counted !== undefined) return counted;
  }
  if (prepared.some(({ metered }) => metered !== undefined)) return undefined;
  return SIZES.find((name) => limits[name] !== loaded[name]) ?? CALLS.find(isAdded);
}
