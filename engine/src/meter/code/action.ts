import { OP } from '../../module/index.js';
import { isBulk } from './cost.js';

/** The work of the rewriter for an instruction. */
export const ACTION = {
  PLAIN: 0,
  LOCAL: 1,
  CONST64: 2,
  OPEN: 3,
  ELSE: 4,
  CATCH: 5,
  END: 6,
  BRANCH: 7,
  CONDITIONAL: 8,
  TABLE: 9,
  CALL: 10,
  LEAVE: 11,
  BULK: 12,
  WAIT: 13,
} as const;

const ONE_BYTE_ACTIONS = new Uint8Array(256);

function assign(action: number, ...ops: number[]): void {
  for (const op of ops) ONE_BYTE_ACTIONS[op] = action;
}

assign(ACTION.LOCAL, OP.LOCAL_GET, OP.LOCAL_SET, OP.LOCAL_TEE);
assign(ACTION.CONST64, OP.I64_CONST);
assign(ACTION.OPEN, OP.BLOCK, OP.LOOP, OP.IF, OP.TRY, OP.TRY_TABLE);
assign(ACTION.ELSE, OP.ELSE);
assign(ACTION.CATCH, OP.CATCH, OP.CATCH_ALL);
assign(ACTION.END, OP.END, OP.DELEGATE);
assign(ACTION.BRANCH, OP.BR, OP.RETURN);
assign(ACTION.CONDITIONAL, OP.BR_IF, OP.BR_ON_NULL, OP.BR_ON_NON_NULL);
assign(ACTION.TABLE, OP.BR_TABLE);
assign(ACTION.CALL, OP.CALL, OP.CALL_INDIRECT, OP.CALL_REF);
assign(
  ACTION.LEAVE,
  OP.UNREACHABLE,
  OP.THROW,
  OP.RETHROW,
  OP.THROW_REF,
  OP.RETURN_CALL,
  OP.RETURN_CALL_INDIRECT,
  OP.RETURN_CALL_REF,
);
assign(ACTION.BULK, OP.MEMORY_GROW);

/** Returns the rewriter's action for an instruction. */
export function actionOf(op: number): number {
  if (op < 256) return ONE_BYTE_ACTIONS[op] as number;
  if (op === OP.BR_ON_CAST || op === OP.BR_ON_CAST_FAIL) return ACTION.CONDITIONAL;
  if (op === OP.MEMORY_ATOMIC_WAIT32 || op === OP.MEMORY_ATOMIC_WAIT64) return ACTION.WAIT;
  return isBulk(op) ? ACTION.BULK : ACTION.PLAIN;
}
