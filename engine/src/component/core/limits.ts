import type { CoreExternType } from '../model.js';

/** Pages of 64 KiB that a 32-bit memory can address. */
const MEMORY32_PAGES = 2n ** 16n;

/** Pages of 64 KiB that engines let a 64-bit memory address. */
const MEMORY64_PAGES = 2n ** 32n;

/** Returns the fault of the limits of a table or memory; `undefined` if there is none. */
export function limitsProblem(type: CoreExternType): string | undefined {
  if (type.kind !== 'table' && type.kind !== 'memory') return undefined;
  if (type.maximum !== undefined && type.minimum > type.maximum) {
    return 'size minimum must not be greater than maximum';
  }
  if (type.shared && type.maximum === undefined) return `shared ${type.kind} must have a maximum size`;
  if (type.kind === 'table') return undefined;
  const pages = type.index64 ? MEMORY64_PAGES : MEMORY32_PAGES;
  if (type.minimum > pages || (type.maximum ?? 0n) > pages)
    return `memory size must be at most ${pages} pages`;
  return undefined;
}
