import { OP } from '../../module/index.js';
import { type BodyWriter, ENTRY_COST } from '../code/index.js';
import type { RewriteContext } from './rewrite-context.js';

/** A function that gets a new body. */
export interface RewrittenFunction {
  /** Its number among those the module defines. */
  readonly defined: number;
  /** Its index in the new module. */
  readonly self: number;
  /** True if it takes the counter as its last parameter and returns it as its last result. */
  readonly passes: boolean;
}

/**
 * Charges the entry of a function, and checks it. When the fuel has run out, the function asks for more and calls itself anew:
 * if the two paths met again, V8 would keep the parameters in memory for both. The second check succeeds, as no less than 1 was
 * granted.
 */
export function writeEntry(
  writer: BodyWriter,
  { counter }: RewriteContext,
  { self, passes, params }: { self: number; passes: boolean; params: number },
): void {
  writer.pending = ENTRY_COST;
  if (!passes) {
    writer.opIndex(OP.GLOBAL_GET, counter);
    writer.opIndex(OP.LOCAL_SET, writer.counter);
  }
  writer.pushIsOut();
  writer.unlikely();
  writer.open(OP.IF);
  for (let param = 0; param < params; param++) writer.opIndex(OP.LOCAL_GET, param);
  writer.pushRefuelled();
  if (!passes) writer.opIndex(OP.GLOBAL_SET, counter);
  writer.opIndex(OP.CALL, self);
  writer.op(OP.RETURN);
  writer.op(OP.END);
}
