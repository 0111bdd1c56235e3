import { OP } from '../../module/index.js';

/**
 * The fuel an instruction costs when it is executed, as wasmtime 50 counts it: 1, save for those that only shape the
 * control flow. The units that bulk instructions move come on top, see `isBulk`.
 */
const ONE_BYTE_COST = new Uint8Array(256).fill(1);
for (const op of [
  OP.NOP,
  OP.DROP,
  OP.BLOCK,
  OP.LOOP,
  OP.UNREACHABLE,
  OP.RETURN,
  OP.ELSE,
  OP.END,
  // wasmtime has no legacy exceptions; these only shape the control flow too.
  OP.CATCH,
  OP.CATCH_ALL,
  OP.DELEGATE,
]) {
  ONE_BYTE_COST[op] = 0;
}

/** The fuel of entering a function. */
export const ENTRY_COST = 1;

/** Bulk lengths up to this are not checked when they are a constant, as wasmtime 50 does it. */
export const UNCHECKED_BULK_LENGTH = 128;

/** Returns the static cost of an instruction. */
export function costOf(op: number): number {
  return op < 256 ? (ONE_BYTE_COST[op] as number) : 1;
}

/**
 * Returns true if an instruction costs 1 fuel more for each unit (byte, element or page) it moves, makes or adds. The
 * count of units is always its topmost operand.
 */
export function isBulk(op: number): boolean {
  switch (op) {
    case OP.MEMORY_GROW:
    case OP.TABLE_GROW:
    case OP.MEMORY_INIT:
    case OP.MEMORY_COPY:
    case OP.MEMORY_FILL:
    case OP.TABLE_INIT:
    case OP.TABLE_COPY:
    case OP.TABLE_FILL:
    case OP.ARRAY_NEW:
    case OP.ARRAY_NEW_DEFAULT:
    case OP.ARRAY_NEW_DATA:
    case OP.ARRAY_NEW_ELEM:
    case OP.ARRAY_FILL:
    case OP.ARRAY_COPY:
    case OP.ARRAY_INIT_DATA:
    case OP.ARRAY_INIT_ELEM:
      return true;
    default:
      return false;
  }
}
