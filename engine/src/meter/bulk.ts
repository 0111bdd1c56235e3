import { OP, type InstructionCursor, type ModuleIndex } from '../module/index.js';

/** Tells whether the length operand of the bulk instruction the cursor is at is an i64. */
export function bulkLengthIsWide(index: ModuleIndex, cursor: InstructionCursor): boolean {
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
