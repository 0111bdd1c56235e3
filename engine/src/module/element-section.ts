import type { ByteReader, ByteWriter } from '../binary/index.js';
import { decodeConstantExpression } from './constant-expression.js';
import { decodeIndices } from './function-section.js';
import type { ElementSegment } from './model.js';
import { decodeReferenceType, encodeValueType } from './value-type.js';

/** Bits of an element segment's flags. */
const NOT_ACTIVE = 1;
const EXPLICIT = 2;
const EXPRESSIONS = 4;

/** Reads the element section. */
export function decodeElementSection(reader: ByteReader): ElementSegment[] {
  return reader.vector(() => decodeSegment(reader), 2);
}

function decodeSegment(reader: ByteReader): ElementSegment {
  const start = reader.position;
  const flags = reader.u32();
  if (flags > 7) throw reader.malformed(`malformed element segment: flags ${flags}`, start);
  const active = (flags & NOT_ACTIVE) === 0;
  const table = active && flags & EXPLICIT ? reader.u32() : undefined;
  const offset = active ? decodeConstantExpression(reader) : undefined;
  const named = (flags & (NOT_ACTIVE | EXPLICIT)) !== 0;
  if (flags & EXPRESSIONS) {
    const reference = named ? decodeReferenceType(reader) : undefined;
    const expressions = reader.vector(() => decodeConstantExpression(reader));
    return { flags, table, offset, reference, functions: undefined, expressions };
  }
  if (named && reader.byte() !== 0) throw reader.malformed('malformed element kind', reader.position - 1);
  const functions = decodeIndices(reader);
  return { flags, table, offset, reference: undefined, functions, expressions: undefined };
}

export function encodeElementSection(writer: ByteWriter, segments: readonly ElementSegment[]): void {
  writer.vector(segments, (segment) => {
    writer.u32(segment.flags);
    if (segment.table !== undefined) writer.u32(segment.table);
    if (segment.offset !== undefined) writer.copyFrom(segment.offset);
    if (segment.expressions !== undefined) {
      if (segment.reference !== undefined) encodeValueType(writer, segment.reference);
      writer.vector(segment.expressions, (expression) => writer.copyFrom(expression));
    } else {
      if (segment.flags & (NOT_ACTIVE | EXPLICIT)) writer.byte(0);
      writer.vector(segment.functions ?? [], (index) => writer.u32(index));
    }
  });
}
