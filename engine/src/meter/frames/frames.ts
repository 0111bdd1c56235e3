import { OP } from '../../module/index.js';
import type { Assembler } from '../append/index.js';

/** Slots of the hook's table that lead to the depth that instances share. */
export const SET_DEPTH_SLOT = 1;
export const GET_DEPTH_SLOT = 2;

/** The globals and functions that count frames. */
export interface Frames {
  /** i32 global: the depth of the caller, for functions that only this module's direct calls reach. */
  readonly inner: number;
  /** i32 global: the depth that was reached so far. */
  readonly peak: number;
  /** i32 global: the limit of the depth. */
  readonly limit: number;
  /** `(depth)`: moves the peak, or traps. */
  readonly deeper: number;
  /** By function: whether anything but a direct call may reach it. */
  readonly isOpen: Uint8Array;
  /** The table with the depth of an open function's caller, if instances share it; otherwise that depth is in `inner` too. */
  readonly shared: { readonly table: number; readonly setType: number; readonly getType: number } | undefined;
}

/** Writes the start of a call from outside: no frame is open. */
export function pushNoFrames(body: Assembler, { inner, shared }: Frames): Assembler {
  body.i32(0);
  if (shared === undefined) return body.store(inner);
  return body.i32(SET_DEPTH_SLOT).op(OP.CALL_INDIRECT).u32(shared.setType).u32(shared.table);
}
