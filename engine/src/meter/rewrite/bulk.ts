import { OP, TYPE_I32, TYPE_I64, type InstructionCursor, type ModuleIndex } from '../../module/index.js';
import { type BodyWriter, costOf, UNCHECKED_BULK_LENGTH } from '../code/index.js';
import type { RewriteContext } from './rewrite-context.js';

/** Returns true if the length operand of the bulk instruction at the cursor is an i64. */
function lengthIsWide(index: ModuleIndex, cursor: InstructionCursor): boolean {
  switch (cursor.op) {
    case OP.MEMORY_GROW:
    case OP.MEMORY_FILL:
      return index.memories[cursor.first]?.wide === true;
    case OP.MEMORY_COPY:
      return index.memories[cursor.first]?.wide === true && index.memories[cursor.second]?.wide === true;
    case OP.TABLE_GROW:
    case OP.TABLE_FILL:
      return index.tables[cursor.first]?.limits.wide === true;
    case OP.TABLE_COPY:
      return (
        index.tables[cursor.first]?.limits.wide === true && index.tables[cursor.second]?.limits.wide === true
      );
    default:
      return false;
  }
}

/**
 * Writes a bulk instruction and charges its length once it succeeded. `constant` is its length if that is known, or infinite.
 * The small ones are charged as in wasmtime: with the instruction, also if growing fails, unchecked.
 */
export function writeBulk(
  writer: BodyWriter,
  context: RewriteContext,
  { cursor, constant }: { readonly cursor: InstructionCursor; readonly constant: number },
): void {
  const { op } = cursor;
  const helper = standIn(context, cursor);
  const isFlat = constant >= 0 && constant <= UNCHECKED_BULK_LENGTH;
  writer.pending += costOf(op) + (isFlat ? constant : 0);
  const grows = op === OP.MEMORY_GROW || op === OP.TABLE_GROW;
  if (isFlat && !grows) return;
  const wide = lengthIsWide(context.index, cursor);
  const size = wide ? TYPE_I64 : TYPE_I32;
  const length = isFlat ? 0 : writer.shared(wide ? 1 : 0, size);
  writer.copyTo(cursor.at);
  if (!isFlat) writer.opIndex(OP.LOCAL_TEE, length);
  if (helper === undefined) {
    writer.copyTo(cursor.position);
  } else {
    writer.opIndex(OP.CALL, helper);
    writer.runStart = cursor.position;
  }
  if (isFlat) return;
  writer.settle(writer.pending);
  if (grows) {
    const result = writer.shared(wide ? 3 : 2, size);
    writer.opIndex(OP.LOCAL_TEE, result);
    writer.opIndex(OP.LOCAL_GET, result);
    if (wide) writer.i64(-1);
    else writer.i32(-1);
    writer.op(wide ? OP.I64_NE : OP.I32_NE);
    writer.open(OP.IF);
  }
  writer.opIndex(OP.LOCAL_GET, writer.counter);
  writer.opIndex(OP.LOCAL_GET, length);
  if (!wide) writer.op(OP.I64_EXTEND_I32_U);
  writer.op(OP.I64_ADD);
  writer.opIndex(OP.LOCAL_SET, writer.counter);
  writer.check();
  if (grows) writer.op(OP.END);
}

/** Returns the function that is called in place of the instruction, if there is one. */
function standIn(context: RewriteContext, { op, first, second }: InstructionCursor): number | undefined {
  switch (op) {
    case OP.MEMORY_GROW:
      return context.growMemory[first];
    case OP.TABLE_GROW:
      return context.growTable[first];
    case OP.MEMORY_FILL:
      return context.fillMemory[first];
    case OP.MEMORY_COPY:
      return context.copyMemory.get(`${first},${second}`);
    default:
      return undefined;
  }
}
