import type { ByteReader } from '../binary/index.js';
import { InstructionCursor, type IndexSpaces } from './instruction-cursor.js';
import type { ConstantExpression } from './model.js';
import { OP } from './opcode.js';

/** Indices are not checked inside constant expressions: the engine validates them, and nothing is appended before them. */
const OPEN_SPACES: IndexSpaces = new Uint32Array(11).fill(0xffffffff);

/** The instructions that may stand in a constant expression, as WebAssembly 3.0 has them. */
const CONSTANT: ReadonlySet<number> = new Set([
  OP.END,
  OP.I32_CONST,
  OP.I64_CONST,
  OP.F32_CONST,
  OP.F64_CONST,
  OP.V128_CONST,
  OP.GLOBAL_GET,
  OP.REF_NULL,
  OP.REF_FUNC,
  OP.REF_I31,
  OP.I32_ADD,
  OP.I32_SUB,
  OP.I32_MUL,
  OP.I64_ADD,
  OP.I64_SUB,
  OP.I64_MUL,
  OP.STRUCT_NEW,
  OP.STRUCT_NEW_DEFAULT,
  OP.ARRAY_NEW,
  OP.ARRAY_NEW_DEFAULT,
  OP.ARRAY_NEW_FIXED,
  OP.ANY_CONVERT_EXTERN,
  OP.EXTERN_CONVERT_ANY,
]);

/**
 * Reads a constant expression up to its `end`.
 *
 * @throws {ModuleError} WP_MODULE_MALFORMED for an instruction that is not constant, WP_MODULE_UNSUPPORTED for an unknown one
 */
export function decodeConstantExpression(reader: ByteReader): ConstantExpression {
  const start = reader.position;
  passConstantExpression(reader, constantCursor(reader));
  return reader.bytes.subarray(start, reader.position);
}

/** Makes a cursor for the constant expressions in the bytes of a reader. */
export function constantCursor({ bytes }: ByteReader): InstructionCursor {
  return new InstructionCursor(bytes, OPEN_SPACES);
}

/** Moves the reader behind a constant expression. Throws as `decodeConstantExpression` does. */
export function passConstantExpression(reader: ByteReader, cursor: InstructionCursor): void {
  cursor.enter(reader.position, reader.end);
  if (reader.section !== undefined) cursor.section = reader.section;
  do {
    cursor.next();
    if (!CONSTANT.has(cursor.op)) throw reader.malformed('constant expression required', cursor.at);
  } while (cursor.op !== OP.END);
  reader.position = cursor.position;
}

/** Lists the functions a constant expression names. */
export function functionsIn(expression: ConstantExpression): number[] {
  const functions: number[] = [];
  const cursor = new InstructionCursor(expression, OPEN_SPACES);
  cursor.enter(0, expression.length);
  while (!cursor.done) {
    cursor.next();
    if (cursor.op === OP.REF_FUNC) functions.push(cursor.first);
  }
  return functions;
}
