import type { CoreExternType } from '../model.js';

/** Bytes that a 32-bit memory can address. */
const MEMORY32_BYTES = 2n ** 32n;

/** Bytes that engines let a 64-bit memory address. */
const MEMORY64_BYTES = 2n ** 48n;

/** Says what is wrong with the limits of a table or memory, if anything is. */
export function limitsProblem(type: CoreExternType): string | undefined {
  if (type.kind !== 'table' && type.kind !== 'memory') return undefined;
  if (type.maximum !== undefined && type.minimum > type.maximum) {
    return 'size minimum must not be greater than maximum';
  }
  if (type.shared && type.maximum === undefined) return `shared ${type.kind} must have a maximum size`;
  if (type.kind === 'table') return undefined;
  if (type.pageSizeLog2 !== 0 && type.pageSizeLog2 !== 16) return 'invalid custom page size';
  const pages = (type.index64 ? MEMORY64_BYTES : MEMORY32_BYTES) >> BigInt(type.pageSizeLog2);
  if (type.minimum > pages || (type.maximum ?? 0n) > pages)
    return `memory size must be at most ${pages} pages`;
  return undefined;
}
