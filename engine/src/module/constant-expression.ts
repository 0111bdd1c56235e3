import type { ByteReader } from '../binary/index.js';
import { InstructionCursor, type IndexSpaces } from './instruction-cursor.js';
import type { ConstantExpression } from './model.js';
import { OP } from './opcode.js';

/** Indices are not checked inside constant expressions: the engine validates them, and nothing is appended before them. */
const OPEN_SPACES: IndexSpaces = new Uint32Array(11).fill(0xffffffff);

/**
 * Reads a constant expression up to its `end`.
 *
 * @throws {ModuleError} for an instruction that WebAssembly 3.0 does not have
 */
export function decodeConstantExpression(reader: ByteReader): ConstantExpression {
  const start = reader.position;
  passConstantExpression(reader, constantCursor(reader));
  return reader.bytes.subarray(start, reader.position);
}

/** Makes a cursor for the constant expressions in what a reader reads. */
export function constantCursor({ bytes }: ByteReader): InstructionCursor {
  return new InstructionCursor(bytes, OPEN_SPACES);
}

/** Moves the reader behind a constant expression. Throws as `decodeConstantExpression` does. */
export function passConstantExpression(reader: ByteReader, cursor: InstructionCursor): void {
  cursor.enter(reader.position, reader.end);
  do cursor.next();
  while (cursor.op !== OP.END);
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
